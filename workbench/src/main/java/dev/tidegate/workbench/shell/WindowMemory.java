package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What the window was like when it was closed, in a properties file. */
public final class WindowMemory {
    private final Path file;
    private final Properties properties = new Properties();

    private WindowMemory(Path file) {
        this.file = file;
    }

    /** Reads the file; one that is missing or is no properties file means: nothing remembered. */
    public static WindowMemory read(Path file) {
        WindowMemory memory = new WindowMemory(file);
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                memory.properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("Window settings cannot be read: " + file, e);
            }
        }
        return memory;
    }

    public Optional<Theme> theme() {
        return Theme.named(properties.getProperty("theme", ""));
    }

    public Optional<Place> place() {
        return Place.of(properties.getProperty("place", ""));
    }

    public Optional<WindowBounds> bounds() {
        return WindowBounds.parse(properties.getProperty("window", ""));
    }

    /** Keeps all of it for the next start. */
    public void keep(Theme theme, Place place, WindowBounds bounds) {
        properties.setProperty("theme", theme.word());
        properties.setProperty("place", place.link());
        properties.setProperty("window", bounds.text());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, "Tidegate workbench");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Window settings cannot be kept: " + file, e);
        }
    }
}
