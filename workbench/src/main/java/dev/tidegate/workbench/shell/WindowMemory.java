package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** What the window was like when it was closed, in a properties file. */
public final class WindowMemory {
    private static final String COLUMN = "column.";

    /** Servers that are offered again. */
    private static final int SERVERS = 5;

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

    /** The last place, if it was on this server: another one need not have what was shown. */
    public Optional<Place> place(ServerAddress server) {
        return servers().stream()
                .findFirst()
                .filter(server::equals)
                .flatMap(_ -> Place.of(properties.getProperty("place", "")));
    }

    public Optional<WindowBounds> bounds() {
        return WindowBounds.parse(properties.getProperty("window", ""));
    }

    /** Servers that were looked at, the last one first. */
    public List<ServerAddress> servers() {
        return Arrays.stream(properties.getProperty("servers", "").split(" ", -1))
                .filter(text -> !text.isBlank())
                .map(ServerAddress::parse)
                .toList();
    }

    /** Puts the server before all others that were looked at. */
    public void visit(ServerAddress server) {
        List<String> known = new ArrayList<>(List.of(server.toString()));
        servers().stream()
                .filter(other -> !other.equals(server))
                .limit(SERVERS - 1)
                .map(ServerAddress::toString)
                .forEach(known::add);
        properties.setProperty("servers", String.join(" ", known));
    }

    /** Widths of columns in pixels, by table and title. */
    public Map<String, Double> columns() {
        Map<String, Double> widths = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            String width = properties.getProperty(name, "");
            if (name.startsWith(COLUMN) && width.matches("\\d{1,4}")) {
                widths.put(name.substring(COLUMN.length()), Double.valueOf(width));
            }
        }
        return widths;
    }

    /** Keeps all of it for the next start. */
    public void keep(Theme theme, Place place, WindowBounds bounds, Map<String, Double> columns) {
        properties.setProperty("theme", theme.word());
        properties.setProperty("place", place.link());
        properties.setProperty("window", bounds.text());
        columns.forEach(
                (column, width) ->
                        properties.setProperty(COLUMN + column, Long.toString(Math.round(width))));
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
