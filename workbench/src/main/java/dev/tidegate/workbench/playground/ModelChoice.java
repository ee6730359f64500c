package dev.tidegate.workbench.playground;

import java.util.List;
import java.util.Optional;

/** A model with its versions in the order of their registration. */
public record ModelChoice(String name, List<Version> versions) {
    /** One version and what it takes. */
    public record Version(String version, List<String> aliases, Signature signature) {
        public Version {
            aliases = List.copyOf(aliases);
        }
    }

    public ModelChoice {
        versions = List.copyOf(versions);
    }

    /** The version of that alias, else the newest; there is none when nothing is registered. */
    Optional<Version> preferred(String alias) {
        return versions.stream()
                .filter(version -> version.aliases().contains(alias))
                .findFirst()
                .or(() -> versions.stream().reduce((_, last) -> last));
    }
}
