package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A YAML file of settings: one name and value a line. */
final class SettingsFile {
    private SettingsFile() {}

    /**
     * Returns the values by their names, as text.
     *
     * @throws TidegateException invalid when the file is none, with the reason
     */
    static Map<String, String> read(Path file) {
        FileChunks.size(file);
        Object content;
        try {
            content =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        } catch (IOException e) {
            throw TidegateException.invalid("%s cannot be read as text: %s".formatted(file, e));
        } catch (YAMLException e) {
            throw TidegateException.invalid("%s is no YAML: %s".formatted(file, e.getMessage()));
        }
        Map<String, String> values = new TreeMap<>();
        if (content instanceof Map<?, ?> lines) {
            lines.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
        } else if (content != null) {
            throw TidegateException.invalid(
                    "%s is no list of settings; expected lines such as 'max-batch: 64'"
                            .formatted(file));
        }
        return values;
    }
}
