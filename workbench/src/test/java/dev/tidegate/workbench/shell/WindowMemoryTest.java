package dev.tidegate.workbench.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowMemoryTest {
    @TempDir private Path folder;

    @Test
    void bringsThemePlaceAndWindowBackAfterARestart() {
        Path file = folder.resolve("deeper").resolve("workbench.properties");
        WindowBounds bounds = new WindowBounds(-12, 40, 1480, 940, true);

        WindowMemory.read(file).keep(Theme.LIGHT, new Place.OneRollout("r1"), bounds);

        WindowMemory memory = WindowMemory.read(file);
        assertThat(memory.theme()).contains(Theme.LIGHT);
        assertThat(memory.place()).contains(new Place.OneRollout("r1"));
        assertThat(memory.bounds()).contains(bounds);
    }

    @Test
    void remembersNothingAtTheFirstStart() {
        WindowMemory memory = WindowMemory.read(folder.resolve("workbench.properties"));

        assertThat(memory.theme()).isEmpty();
        assertThat(memory.place()).isEmpty();
        assertThat(memory.bounds()).isEmpty();
    }
}
