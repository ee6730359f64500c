package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.navigation.Navigation;
import dev.tidegate.workbench.navigation.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Finds commands by name. */
final class PaletteViewModel {
    private static final int SHOWN = 12;

    private final Supplier<List<Command>> commands;
    private final Navigation navigation;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Command> found = FXCollections.observableArrayList();

    PaletteViewModel(Supplier<List<Command>> commands, Navigation navigation) {
        this.commands = commands;
        this.navigation = navigation;
        query.addListener((_, _, words) -> search(words));
    }

    /** Starts anew with everything that can be done now. */
    void open() {
        query.set("");
        search("");
    }

    private void search(String words) {
        Optional<Place> linked = Place.of(words.strip());
        if (linked.isPresent()) {
            found.setAll(
                    Command.of(
                            "link", "Go to that place", () -> navigation.go(linked.orElseThrow())));
            return;
        }
        found.setAll(
                commands.get().stream()
                        .filter(command -> command.matches(words))
                        .limit(SHOWN)
                        .toList());
    }

    StringProperty queryProperty() {
        return query;
    }

    ObservableList<Command> found() {
        return found;
    }
}
