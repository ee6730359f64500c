package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.CardFeed;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Meter;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Region;

/** What each replica has of the chosen version, and how full its memory is. */
final class ReplicasCard {
    private static final int MOST_ROWS = 5;

    /** Pixels, beyond every screen. */
    private static final double WIDEST = 5000;

    private final LiveRows<ReplicaLine> rows = new LiveRows<>();
    private final TableView<ObjectProperty<ReplicaLine>> table = rows.table();
    private final Label about = Labels.of("", "subtle");
    private final CardFeed feed = new CardFeed("replicas-problem", table);
    private final Card card = Card.flush("Replicas", about);
    private String version = "";
    private Feed<List<ReplicaMemory>> shown = new Feed.Waiting<>();

    ReplicasCard() {
        table.setId("replica-table");
        table.getStyleClass().add("dense-table");
        table.setFixedCellSize(36);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setAccessibleText("What each replica has in memory");
        table.setPlaceholder(
                Placeholder.empty(
                        "No replica has told yet", "Each does about a second after it started"));
        words("Replica", 170, 200, "strong-cell", ReplicaLine::name, ReplicasCard::heard);
        chips();
        words(
                "Takes about",
                110,
                120,
                "number-cell",
                ReplicaLine::bytes,
                _ -> "An estimate: 1 MiB and twice the file for each instance");
        words(
                "Since",
                100,
                170,
                "mono-cell",
                line -> line.since(Instant.now()),
                ReplicasCard::since);
        words(
                "All versions",
                160,
                180,
                "number-cell",
                ReplicaLine::allVersions,
                _ ->
                        "What the versions of all models in its memory are taken to need, of what they may: tidegate.inference.memory-bytes");
        bars();
        words(
                "Why",
                110,
                WIDEST,
                "name-cell",
                line -> line.why(Instant.now()),
                line -> line.why(Instant.now()));
        card.getChildren().add(feed.node());
    }

    private static String heard(ReplicaLine line) {
        return "%s, heard until %s"
                .formatted(line.replica().replica(), Times.full(line.replica().leaseUntil()));
    }

    private static String since(ReplicaLine line) {
        return line.held().map(held -> Times.full(held.since())).orElse("");
    }

    private void chips() {
        add(
                LiveColumns.nodes(
                        "State",
                        115,
                        "state-cell",
                        () -> new Chip(Tone.UNKNOWN, ""),
                        (chip, line) -> chip.show(line.tone(), line.state())),
                130);
    }

    private void bars() {
        add(
                LiveColumns.nodes(
                        "Full",
                        70,
                        "bar-cell",
                        Meter::new,
                        (meter, line) -> meter.show(line.full(), line.allVersions())),
                90);
    }

    /** A column between the two widths; the last one takes what is left. */
    private void words(
            String title,
            double least,
            double most,
            String style,
            Function<ReplicaLine, String> words,
            Function<ReplicaLine, String> explanation) {
        add(LiveColumns.words(title, Math.min(most, 200), style, words, explanation), most)
                .setMinWidth(least);
    }

    private TableColumn<ObjectProperty<ReplicaLine>, ReplicaLine> add(
            TableColumn<ObjectProperty<ReplicaLine>, ReplicaLine> column, double most) {
        column.setMinWidth(Math.min(column.getPrefWidth(), most));
        column.setMaxWidth(most);
        table.getColumns().add(column);
        return column;
    }

    Region node() {
        return card;
    }

    void show(Feed<List<ReplicaMemory>> next) {
        shown = next;
        feed.show(shown, this::draw);
    }

    /** Shows this version from now on. */
    void about(String next) {
        version = next;
        shown.newest().ifPresent(this::draw);
    }

    private void draw(List<ReplicaMemory> replicas) {
        about.setText(
                replicas.stream()
                        .filter(ReplicaMemory::here)
                        .map(asked -> "; this workbench asks " + asked.replica())
                        .findFirst()
                        .map(("and what each has of " + version)::concat)
                        .orElse(""));
        rows.show(replicas.stream().map(replica -> ReplicaLine.of(replica, version)).toList());
        double height = 32 + 36.0 * Math.clamp(rows.size(), 1, MOST_ROWS);
        table.setMinHeight(height);
        table.setPrefHeight(height);
    }
}
