package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Overlay;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The command palette: type a name, choose with the arrows, Enter does it. */
final class PaletteView {
    private static final double ROW = 38;

    private final PaletteViewModel model;
    private final Overlay overlay;
    private final TextField query = new TextField();
    private final ListView<Command> list = new ListView<>();
    private final VBox card = new VBox(8, query, list);

    PaletteView(PaletteViewModel model, Overlay overlay) {
        this.model = model;
        this.overlay = overlay;
        card.getStyleClass().add("palette");
        card.setId("palette");
        query.setId("palette-query");
        query.setPromptText("Go to a screen, model or rollout, or do something by name");
        query.setAccessibleText("Command");
        query.textProperty().bindBidirectional(model.queryProperty());
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.setId("palette-list");
        list.setItems(model.found());
        list.setFixedCellSize(ROW);
        list.setPrefHeight(ROW * 9 + 2);
        list.setPlaceholder(Labels.of("Nothing has that name", "muted"));
        list.setCellFactory(_ -> new CommandCell());
    }

    void open() {
        model.open();
        overlay.open(card, () -> {});
        StackPane.setAlignment(card, Pos.TOP_CENTER);
        StackPane.setMargin(card, new Insets(96, 0, 0, 0));
        list.getSelectionModel().selectFirst();
        query.requestFocus();
    }

    private void onKey(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1, event);
            case UP -> move(-1, event);
            case ENTER -> {
                runChosen();
                event.consume();
            }
            default -> {
                return;
            }
        }
    }

    private void move(int by, KeyEvent event) {
        int last = model.found().size() - 1;
        int next =
                Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, Math.max(0, last));
        list.getSelectionModel().select(next);
        list.scrollTo(next);
        event.consume();
    }

    private void runChosen() {
        Command chosen = list.getSelectionModel().getSelectedItem();
        Optional.ofNullable(chosen)
                .or(() -> model.found().stream().findFirst())
                .ifPresent(this::run);
    }

    private void run(Command command) {
        if (command.isEnabled()) {
            overlay.close();
            command.action().run();
        }
    }

    /** Name, kind, and why it cannot be done now. Only a click on a command itself does it. */
    private final class CommandCell extends ListCell<Command> {
        CommandCell() {
            setOnMouseClicked(
                    event -> {
                        Command command = getItem();
                        if (command != null && event.getButton() == MouseButton.PRIMARY) {
                            run(command);
                        }
                    });
        }

        @Override
        protected void updateItem(Command command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
                return;
            }
            Label name = Labels.of(command.name(), "strong");
            Label right =
                    Labels.of(command.isEnabled() ? command.kind() : command.reason(), "muted");
            HBox row = new HBox(12, name, Labels.spacer(), right);
            row.setAlignment(Pos.CENTER_LEFT);
            row.setDisable(!command.isEnabled());
            setGraphic(row);
        }
    }
}
