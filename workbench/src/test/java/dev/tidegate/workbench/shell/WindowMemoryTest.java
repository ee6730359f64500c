package dev.tidegate.workbench.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowMemoryTest {
    private static final ServerAddress HERE = new ServerAddress("127.0.0.1", 8001);
    private static final ServerAddress THERE = new ServerAddress("10.0.0.7", 8001);

    @TempDir private Path folder;

    @Test
    void bringsThemePlaceAndWindowBackAfterARestart() {
        Path file = folder.resolve("deeper").resolve("workbench.properties");
        WindowBounds bounds = new WindowBounds(-12, 40, 1480, 940, true);

        WindowMemory before = WindowMemory.read(file);
        before.visit(HERE);
        before.keep(Theme.LIGHT, new Place.OneRollout("r1"), bounds, Map.of("log-table.At", 92.4));

        WindowMemory memory = WindowMemory.read(file);
        assertThat(memory.theme()).contains(Theme.LIGHT);
        assertThat(memory.place(HERE)).contains(new Place.OneRollout("r1"));
        assertThat(memory.bounds()).contains(bounds);
        assertThat(memory.columns()).containsExactly(Map.entry("log-table.At", 92.0));
    }

    @Test
    void doesNotOpenThePlaceOfOneServerOnAnother() {
        WindowMemory memory = WindowMemory.read(folder.resolve("workbench.properties"));
        memory.visit(HERE);
        memory.visit(THERE);
        memory.keep(
                Theme.LIGHT,
                new Place.OneRollout("r1"),
                new WindowBounds(0, 0, 1480, 940, false),
                Map.of());

        assertThat(memory.place(HERE)).isEmpty();
        assertThat(memory.place(THERE)).contains(new Place.OneRollout("r1"));
    }

    @Test
    void remembersNothingAtTheFirstStart() {
        WindowMemory memory = WindowMemory.read(folder.resolve("workbench.properties"));

        assertThat(memory.theme()).isEmpty();
        assertThat(memory.place(HERE)).isEmpty();
        assertThat(memory.bounds()).isEmpty();
    }

    @Test
    void offersTheServersOfLateTheNewestFirstAndEachOnce() {
        WindowMemory memory = WindowMemory.read(folder.resolve("workbench.properties"));

        memory.visit(HERE);
        memory.visit(THERE);
        memory.visit(HERE);

        assertThat(memory.servers()).containsExactly(HERE, THERE);
    }
}
