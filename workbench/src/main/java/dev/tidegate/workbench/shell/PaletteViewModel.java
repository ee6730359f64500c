package dev.tidegate.workbench.shell;

import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Finds commands by name. */
final class PaletteViewModel {
    private static final int SHOWN = 12;

    private final Supplier<List<Command>> commands;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Command> found = FXCollections.observableArrayList();

    PaletteViewModel(Supplier<List<Command>> commands) {
        this.commands = commands;
        query.subscribe(this::search);
    }

    /** Starts anew with everything that can be done now. */
    void open() {
        query.set("");
        search("");
    }

    private void search(String words) {
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
