package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import java.io.File;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.stage.FileChooser;
import javafx.util.Subscription;

/** Opens a file of rows and walks through it. */
final class FileRowsBar {
    private final FileRows rows;
    private final Label words = Labels.of("", "muted");
    private final Button previous;
    private final Button next;
    private final HBox bar = new HBox(8);

    FileRowsBar(FileRows rows) {
        this.rows = rows;
        previous = arrow("previous-row", "fth-chevron-left", "Row before", -1);
        next = arrow("next-row", "fth-chevron-right", "Next row", 1);
        words.setId("file-row");
        Button open = new Button("Rows from a file…");
        open.setId("open-rows");
        open.getStyleClass().addAll("plain", "compact");
        open.setMinWidth(Region.USE_PREF_SIZE);
        open.setTooltip(new Tooltip("CSV with a header, or JSON: an object or a list of them"));
        open.setOnAction(_ -> choose());
        bar.getStyleClass().add("row");
        bar.getChildren()
                .addAll(
                        Labels.of("Row", "section-title"),
                        Labels.spacer(),
                        words,
                        previous,
                        next,
                        open);
    }

    private Button arrow(String id, String icon, String meaning, int rowsOn) {
        Button arrow = new Button();
        arrow.setId(id);
        arrow.setGraphic(Icons.of(icon));
        arrow.getStyleClass().add("icon-only");
        arrow.setAccessibleText(meaning);
        arrow.setTooltip(new Tooltip(meaning));
        arrow.setOnAction(_ -> rows.step(rowsOn));
        return arrow;
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Rows from a file");
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter("Rows (CSV, JSON)", "*.csv", "*.json"));
        Optional.ofNullable(chooser.showOpenDialog(bar.getScene().getWindow()))
                .map(File::toPath)
                .ifPresent(rows::open);
    }

    Region node() {
        return bar;
    }

    Subscription bind() {
        return rows.openedProperty().subscribe(this::show);
    }

    private void show(Optional<FileRows.Opened> opened) {
        boolean any = opened.isPresent();
        for (Region part : new Region[] {words, previous, next}) {
            part.setVisible(any);
            part.setManaged(any);
        }
        opened.ifPresent(
                at -> {
                    words.setText(wordsOf(at));
                    previous.setDisable(at.taken() <= 0);
                    next.setDisable(at.taken() == at.size() - 1);
                });
    }

    private static String wordsOf(FileRows.Opened at) {
        String size = Figures.count(at.size());
        return at.taken() < 0
                ? at.file().name() + " · " + size + " rows"
                : "%s · row %s of %s"
                        .formatted(at.file().name(), Figures.count(at.taken() + 1L), size);
    }
}
