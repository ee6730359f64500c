package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which plan a rollout follows: a stored one by its name, or one brought along as YAML.
 *
 * @param name empty with a YAML text
 * @param yaml empty with a name
 */
public record RolloutPlan(String name, String yaml) {
    public static RolloutPlan named(String name) {
        return new RolloutPlan(name, "");
    }

    /** Reads {@code NAME} or {@code FILE.yaml}. */
    static RolloutPlan of(String nameOrFile) {
        if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
            return named(nameOrFile);
        }
        try {
            FileChunks.size(Path.of(nameOrFile));
            return new RolloutPlan("", Files.readString(Path.of(nameOrFile)));
        } catch (IOException e) {
            throw TidegateException.invalid(
                    "plan %s cannot be read as text: %s".formatted(nameOrFile, e));
        }
    }
}
