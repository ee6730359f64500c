package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.connection.Reply;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The rows of an opened file, of which one at a time is taken. */
final class FileRows {
    /**
     * An opened file and where one stands in it.
     *
     * @param taken index of the row that fills the form; −1 when another row does
     */
    record Opened(RowFile file, int taken) {
        int size() {
            return file.rows().size();
        }
    }

    private final Executor screen;
    private final Consumer<Map<String, String>> take;
    private final Consumer<ServiceFailure> fail;
    private final ReadOnlyObjectWrapper<Optional<Opened>> opened =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    FileRows(Executor screen, Consumer<Map<String, String>> take, Consumer<ServiceFailure> fail) {
        this.screen = screen;
        this.take = take;
        this.fail = fail;
    }

    /** Reads the file aside, and takes its first row. */
    void open(Path path) {
        Reply.to(screen, CompletableFuture.supplyAsync(() -> read(path)), this::show);
    }

    private static Outcome<RowFile> read(Path path) {
        try {
            return new Outcome.Answered<>(RowFile.read(path));
        } catch (IOException e) {
            return new Outcome.Failed<>(
                    new ServiceFailure.Invalid(String.valueOf(e.getMessage()), Optional.empty()));
        }
    }

    private void show(Outcome<RowFile> outcome) {
        switch (outcome) {
            case Outcome.Answered<RowFile> answered -> take(answered.value(), 0);
            case Outcome.Failed<RowFile> failed -> fail.accept(failed.failure());
        }
    }

    /** Takes the row that many rows on; stays within the file. */
    void step(int rows) {
        opened.get()
                .ifPresent(
                        at ->
                                take(
                                        at.file(),
                                        Math.clamp(at.taken() + (long) rows, 0, at.size() - 1)));
    }

    private void take(RowFile file, int index) {
        opened.set(Optional.of(new Opened(file, index)));
        take.accept(file.rows().get(index));
    }

    /** Says that the form was filled from elsewhere. */
    void leave() {
        opened.set(opened.get().map(at -> new Opened(at.file(), -1)));
    }

    ReadOnlyObjectProperty<Optional<Opened>> openedProperty() {
        return opened.getReadOnlyProperty();
    }
}
