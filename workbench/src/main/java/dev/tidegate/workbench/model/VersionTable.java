package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.LiveColumns;
import dev.tidegate.workbench.control.LiveRows;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** The versions of a model, the newest first. */
final class VersionTable {
    /** Width of the table, in pixels, from which its right columns fit too. */
    private static final double WIDE = 1180;

    private final LiveRows<Line> rows = new LiveRows<>();
    private final TableView<ObjectProperty<Line>> table = rows.table();

    /**
     * A version, the share of the routed requests that it gets, NaN when nobody tells, and where it
     * is in memory.
     */
    record Line(ServedVersion version, double weight, Presence presence) {}

    VersionTable() {
        table.setId("version-table");
        table.getStyleClass().add("dense-table");
        table.setFixedCellSize(36);
        table.setMinHeight(30 + 36 * 3);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setAccessibleText("Versions of the model");
        table.setPlaceholder(
                Placeholder.empty(
                        "No version yet", "Register one: tidegate model register NAME FILE.onnx"));
        words("Version", 90, "strong-cell", line -> line.version().version());
        words("Aliases", 120, "name-cell", line -> String.join(", ", line.version().aliases()));
        chips("State", 100, VersionTable::showState);
        words("Traffic %", 85, "number-cell", VersionTable::share);
        add(
                LiveColumns.nodes(
                        "In memory",
                        130,
                        "state-cell",
                        () -> new Chip(Tone.UNKNOWN, ""),
                        VersionTable::showMemory,
                        line -> line.presence().explanation()));
        words("Size", 85, "number-cell", line -> Figures.bytes(line.version().bytes()));
        wide(
                words(
                        "Core-s for 1,000",
                        165,
                        "number-cell",
                        line ->
                                line.version()
                                        .cost()
                                        .map(VersionCost::words)
                                        .orElse(Figures.NONE)));
        wide(words("Registered", 170, "mono-cell", VersionTable::registered));
        wide(words("By", 100, "name-cell", line -> line.version().registeredBy()));
        wide(
                words(
                        "SHA-256",
                        170,
                        "mono-cell",
                        line -> Figures.shortened(line.version().digest(), 17)));
    }

    private void wide(TableColumn<ObjectProperty<Line>, Line> column) {
        column.setMinWidth(column.getPrefWidth());
        table.widthProperty().subscribe(width -> column.setVisible(width.doubleValue() >= WIDE));
    }

    private static String share(Line line) {
        return Double.isNaN(line.weight()) ? Figures.NONE : Figures.plain(100 * line.weight());
    }

    private static String registered(Line line) {
        return Times.clock(line.version().registeredAt(), Instant.now());
    }

    private static void showState(Chip chip, Line line) {
        Tone tone =
                switch (line.version().state()) {
                    case "LIVE" -> Tone.GOOD;
                    case "STAGED" -> Tone.CALM;
                    default -> Tone.UNKNOWN;
                };
        chip.show(tone, Figures.sentence(line.version().state().toLowerCase(Locale.ROOT)));
    }

    private static void showMemory(Chip chip, Line line) {
        chip.show(line.presence().tone(), line.presence().words());
    }

    private TableColumn<ObjectProperty<Line>, Line> words(
            String title, double width, String style, Function<Line, String> words) {
        return add(LiveColumns.words(title, width, style, words));
    }

    private void chips(String title, double width, BiConsumer<Chip, Line> show) {
        add(LiveColumns.nodes(title, width, "state-cell", () -> new Chip(Tone.UNKNOWN, ""), show));
    }

    private TableColumn<ObjectProperty<Line>, Line> add(
            TableColumn<ObjectProperty<Line>, Line> column) {
        column.setMinWidth(Math.min(column.getPrefWidth(), 92));
        table.getColumns().add(column);
        return column;
    }

    TableView<ObjectProperty<Line>> node() {
        return table;
    }

    /** Shows the versions, and on which of the replicas they are in memory. */
    void show(ModelSnapshot now, List<ReplicaMemory> replicas) {
        List<Line> lines =
                now.model().versions().reversed().stream()
                        .map(
                                version ->
                                        new Line(
                                                version,
                                                now.weight(version.version()),
                                                Presence.of(version, replicas)))
                        .toList();
        rows.show(lines);
    }

    /** Marks the version's row. */
    void mark(String version) {
        for (int i = 0; i < table.getItems().size(); i++) {
            if (table.getItems().get(i).get().version().version().equals(version)) {
                table.getSelectionModel().clearAndSelect(i);
            }
        }
    }
}
