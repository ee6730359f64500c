package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Overlay;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The raised card in which another server is chosen. */
final class ServerSwitchView {
    private final ServerSwitchViewModel model;
    private final Overlay overlay;
    private final TextField address = new TextField();
    private final PasswordField key = new PasswordField();
    private final Label problem = Labels.wrapping("", "muted");
    private final Button connect = new Button();
    private final VBox card = new VBox(16);
    private Subscription bound = Subscription.EMPTY;

    ServerSwitchView(ServerSwitchViewModel model, Overlay overlay) {
        this.model = model;
        this.overlay = overlay;
        connect.setId("server-connect");
        connect.getStyleClass().add("primary");
        connect.setGraphic(Icons.of("fth-log-in"));
        connect.setOnAction(_ -> model.connect());
        address.setId("server-address");
        address.setPromptText("HOST:PORT of its gRPC");
        address.setOnAction(_ -> model.connect());
        key.setId("server-key");
        key.setPromptText("found by itself for a server on this machine");
        key.setOnAction(_ -> model.connect());
        Button cancel = new Button("Stay here");
        cancel.setId("server-cancel");
        cancel.getStyleClass().add("plain");
        cancel.setOnAction(_ -> overlay.close());
        HBox buttons = new HBox(12, cancel, Labels.spacer(), connect);
        buttons.getStyleClass().add("row");
        card.setId("server-switch");
        card.getStyleClass().add("server-switch");
        card.getChildren()
                .addAll(
                        Labels.of("Look at another server", "page-title"),
                        named("Address", address, problem),
                        named(
                                "Key",
                                key,
                                Labels.wrapping(
                                        "Sent without encryption, and not kept after this window.",
                                        "subtle")));
        if (!model.known().isEmpty()) {
            card.getChildren().add(known());
        }
        card.getChildren().add(buttons);
    }

    private static VBox named(String name, TextField field, Label note) {
        Label label = Labels.of(name, "field-name");
        label.setLabelFor(field);
        field.setAccessibleText(name);
        return new VBox(4, label, field, note);
    }

    private Node known() {
        FlowPane servers = new FlowPane(8, 8);
        for (ServerAddress server : model.known()) {
            Button button = new Button(server.toString());
            button.setId("known-server-" + server);
            button.getStyleClass().addAll("plain", "compact");
            button.setOnAction(_ -> model.addressProperty().set(server.toString()));
            servers.getChildren().add(button);
        }
        return new VBox(6, Labels.of("Looked at before", "section-title"), servers);
    }

    void open(String present) {
        model.open(present);
        overlay.open(card, () -> bound.unsubscribe());
        address.textProperty().bindBidirectional(model.addressProperty());
        key.textProperty().bindBidirectional(model.keyProperty());
        bound =
                Subscription.combine(
                        model.connectProperty().subscribe(this::showConnect),
                        () -> address.textProperty().unbindBidirectional(model.addressProperty()),
                        () -> key.textProperty().unbindBidirectional(model.keyProperty()));
        address.requestFocus();
        address.selectAll();
    }

    private void showConnect(ActionState state) {
        connect.setText(state.words());
        connect.setDisable(!state.isEnabled());
        problem.setText(state.reason());
        problem.setVisible(!state.reason().isEmpty());
    }
}
