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
    private final ServerSwitchView serverSwitch;
    private final BorderPane inner = new BorderPane();
    private final StackPane root = new StackPane();
    private Subscription shown = Subscription.EMPTY;
    private View screen = new EmptyView();

    /**
     * @param screens makes the view of a place
     * @param commands what the palette can do now
     * @param servers how to get to another server
     */
    public ShellView(
            ShellViewModel model,
            Navigation navigation,
            Overlay overlay,
            String address,
            Function<Place, View> screens,
            Supplier<List<Command>> commands,
            ServerSwitch servers,
            Runnable switchTheme) {
        this.model = model;
        this.navigation = navigation;
        this.screens = screens;
        this.overlay = overlay;
        palette = new PaletteView(new PaletteViewModel(commands, navigation), overlay);
        rail = new RailView(navigation, model.waitingProperty(), address);
        serverSwitch = new ServerSwitchView(new ServerSwitchViewModel(servers), overlay);
        topBar =
                new TopBarView(
                        model,
                        navigation,
                        address,
                        palette::open,
                        () -> serverSwitch.open(address),
                        switchTheme);
        statusBar = new StatusBarView(model.statusProperty());
        inner.setTop(topBar.node());
        inner.setBottom(statusBar.node());
        BorderPane outer = new BorderPane(inner);
        outer.setLeft(rail.node());
        root.getStyleClass().add("shell");
        root.getChildren().addAll(outer, overlay.node());
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    /** The view of the present place. */
    public View screen() {
        return screen;
    }

    /** Raises the card in which another server is chosen. */
    public void chooseServer(String present) {
        serverSwitch.open(present);
    }

    /**
     * Keys that lead elsewhere rest while a card is raised: what is typed there must not be lost.
     */
    private void onKey(KeyEvent event) {
        if (overlay.isOpen()) {
            return;
        }
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
        screen = screens.apply(place);
        inner.setCenter(screen.node());
        shown = screen.bind();
    }

    /** Before the first place is shown. */
    private static final class EmptyView implements View {
        private final Region nothing = new Region();

        @Override
        public Region node() {
            return nothing;
        }

        @Override
        public Subscription bind() {
            return Subscription.EMPTY;
        }
    }
}
