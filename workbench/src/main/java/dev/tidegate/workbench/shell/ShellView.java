package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

/**
 * The frame: rail, top bar, the screen of the present place, status bar, and the layer above them.
 */
public final class ShellView implements View {
    private final ShellViewModel model;
    private final Navigation navigation;
    private final Function<Place, View> screens;
    private final Overlay overlay;
    private final RailView rail;
    private final TopBarView topBar;
    private final StatusBarView statusBar;
    private final PaletteView palette;
    private final BorderPane inner = new BorderPane();
    private final StackPane root = new StackPane();
    private Subscription shown = Subscription.EMPTY;

    /**
     * @param screens makes the view of a place
     * @param commands what the palette can do now
     */
    public ShellView(
            ShellViewModel model,
            Navigation navigation,
            Overlay overlay,
            String address,
            Function<Place, View> screens,
            Supplier<List<Command>> commands,
            Runnable switchTheme) {
        this.model = model;
        this.navigation = navigation;
        this.screens = screens;
        this.overlay = overlay;
        palette = new PaletteView(new PaletteViewModel(commands), overlay);
        rail = new RailView(navigation, model.waitingProperty(), address);
        topBar = new TopBarView(model, navigation, address, palette::open, switchTheme);
        statusBar = new StatusBarView(model.statusProperty());
        inner.setTop(topBar.node());
        inner.setBottom(statusBar.node());
        BorderPane outer = new BorderPane(inner);
        outer.setLeft(rail.node());
        root.getStyleClass().add("shell");
        root.getChildren().addAll(outer, overlay.node());
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private void onKey(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.K) {
            palette.open();
            event.consume();
        } else if (event.isAltDown() && event.getCode() == KeyCode.LEFT) {
            navigation.back();
            event.consume();
        } else if (event.isAltDown() && event.getCode() == KeyCode.RIGHT) {
            navigation.forward();
            event.consume();
        }
    }

    @Override
    public Region node() {
        return root;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                model.start(),
                rail.bind(),
                topBar.bind(),
                statusBar.bind(),
                navigation.placeProperty().subscribe(this::show),
                () -> shown.unsubscribe());
    }

    private void show(Place place) {
        overlay.close();
        shown.unsubscribe();
        View screen = screens.apply(place);
        inner.setCenter(screen.node());
        shown = screen.bind();
    }
}
