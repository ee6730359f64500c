package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.connection.Initials;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** Title, ways back and forward, palette, live or paused, theme, and who asks which server. */
final class TopBarView implements View {
    private static final PseudoClass PAUSED = PseudoClass.getPseudoClass("paused");

    private final ShellViewModel model;
    private final Navigation navigation;
    private final Label title = Labels.of("", "page-title");
    private final Button back = icon("go-back", "fth-arrow-left", "Back (Alt+Left)");
    private final Button forward = icon("go-forward", "fth-arrow-right", "Forward (Alt+Right)");
    private final Button link = icon("copy-link", "fth-link", "Copy the link of this place");
    private final Button palette = new Button("Search or do…");
    private final Button live = new Button("Live");
    private final Button theme = icon("switch-theme", "fth-sun", "Switch between dark and light");
    private final Label initials = Labels.of("", "avatar");
    private final Label who = Labels.of("", "strong", "who");
    private final Label roles = Labels.of("", "subtle", "who-roles");
    private final HBox bar = new HBox(8);

    TopBarView(
            ShellViewModel model,
            Navigation navigation,
            String address,
            Runnable openPalette,
            Runnable openServers,
            Runnable switchTheme) {
        this.model = model;
        this.navigation = navigation;
        bar.getStyleClass().add("top-bar");
        title.setId("page-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        palette.setId("open-palette");
        palette.getStyleClass().addAll("plain", "palette-button");
        palette.setGraphic(paletteGraphic());
        palette.setAccessibleText("Command palette, Ctrl+K");
        palette.setOnAction(_ -> openPalette.run());
        live.setId("live-paused");
        live.getStyleClass().addAll("plain", "live-button");
        live.setOnAction(_ -> model.pausedProperty().set(!model.pausedProperty().get()));
        theme.setOnAction(_ -> switchTheme.run());
        back.setOnAction(_ -> navigation.back());
        forward.setOnAction(_ -> navigation.forward());
        link.setOnAction(_ -> copyLink());
        bar.getChildren()
                .addAll(
                        back,
                        forward,
                        title,
                        link,
                        Labels.spacer(),
                        palette,
                        live,
                        theme,
                        identity(address, openServers));
    }

    private static HBox paletteGraphic() {
        HBox graphic = new HBox(8, Icons.of("fth-search"));
        graphic.getStyleClass().add("row");
        return graphic;
    }

    private Button identity(String address, Runnable openServers) {
        var lock = Icons.of("fth-unlock");
        Labels.explain(
                lock, "Not encrypted. The server takes such connections on its own machine only.");
        Label where = Labels.of(address, "mono");
        HBox lower = new HBox(4, lock, where, Labels.of("·", "subtle"), roles);
        lower.getStyleClass().addAll("row", "identity-lower");
        VBox words = new VBox(who, lower);
        words.setMinWidth(Region.USE_PREF_SIZE);
        HBox who = new HBox(8, initials, words, Icons.of("fth-chevron-down"));
        who.getStyleClass().addAll("row", "identity");
        Button identity = new Button();
        identity.setId("identity");
        identity.setGraphic(who);
        identity.getStyleClass().add("identity-button");
        identity.setAccessibleText("Server " + address + "; choose another");
        identity.setTooltip(new Tooltip("Look at another server"));
        identity.setMinWidth(Region.USE_PREF_SIZE);
        identity.setOnAction(_ -> openServers.run());
        return identity;
    }

    private static Button icon(String id, String icon, String words) {
        Button button = new Button();
        button.setId(id);
        button.setGraphic(Icons.of(icon));
        button.getStyleClass().add("icon-only");
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(words));
        return button;
    }

    private void copyLink() {
        ClipboardContent content = new ClipboardContent();
        content.putString(navigation.place().link());
        Clipboard.getSystemClipboard().setContent(content);
    }

    @Override
    public Region node() {
        return bar;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                navigation.placeProperty().subscribe(place -> title.setText(titleOf(place))),
                navigation.backProperty().subscribe(can -> back.setDisable(!can)),
                navigation.forwardProperty().subscribe(can -> forward.setDisable(!can)),
                model.whoProperty().subscribe(this::showWho),
                model.rolesProperty().subscribe(roles::setText),
                model.pausedProperty().subscribe(this::showPaused));
    }

    private void showWho(String name) {
        who.setText(name);
        initials.setText(Initials.of(name));
    }

    private void showPaused(boolean paused) {
        live.setText(paused ? "Paused" : "Live");
        live.setGraphic(Icons.of(paused ? "fth-play" : "fth-pause"));
        live.setAccessibleText(paused ? "Paused; press to go on live" : "Live; press to pause");
        live.pseudoClassStateChanged(PAUSED, paused);
    }

    private static String titleOf(Place place) {
        return switch (place) {
            case Place.Overview _ -> "Overview";
            case Place.Models _ -> "Models";
            case Place.OneModel _ -> "Model";
            case Place.Rollouts _ -> "Rollouts";
            case Place.OneRollout _ -> "Rollout";
            case Place.Playground _ -> "Playground";
            case Place.Batches _ -> "Batch jobs";
        };
    }
}
