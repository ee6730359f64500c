package dev.tidegate.server.serve;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a YAML file into dotted keys. */
final class ConfigFile {
    private ConfigFile() {}

    static Map<String, Object> read(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            Map<String, Object> settings = new LinkedHashMap<>();
            if (document instanceof Map<?, ?> map) {
                flatten("", map, settings);
            } else if (document != null) {
                throw TidegateException.invalid(
                        "configuration '"
                                + file
                                + "' is not a map; expected keys below 'tidegate:'");
            }
            return settings;
        } catch (IOException e) {
            throw TidegateException.invalid("configuration '" + file + "' cannot be read: " + e);
        } catch (YAMLException e) {
            throw TidegateException.invalid(
                    "configuration '" + file + "' is not YAML: " + e.getMessage());
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> settings) {
        map.forEach(
                (key, value) -> {
                    String path = prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key;
                    if (value instanceof Map<?, ?> inner) {
                        flatten(path, inner, settings);
                    } else if (value != null) {
                        settings.put(path, value);
                    }
                });
    }
}
