package dev.tidegate.server.registry;

import java.util.List;

/**
 * A version that wants to be registered.
 *
 * @param requestId a repeat with the same id gets the first answer; empty: no such promise
 * @param expectedRevision of the model; 0 means any
 * @param model the model's name; it is made when it is new
 * @param version empty: the next free number
 * @param aliases names that shall point at the new version
 * @param signatureJson what it takes and gives; empty: derived from the graph
 * @param settings how it runs
 * @param lineageJson where it comes from, an object of any form; empty: nothing known
 */
public record NewVersion(
        String requestId,
        long expectedRevision,
        String model,
        String version,
        List<String> aliases,
        String signatureJson,
        VersionSettings settings,
        String lineageJson) {
    /** Returns a version that runs with the server's defaults. */
    public NewVersion(
            String requestId,
            long expectedRevision,
            String model,
            String version,
            List<String> aliases,
            String signatureJson,
            String lineageJson) {
        this(
                requestId,
                expectedRevision,
                model,
                version,
                aliases,
                signatureJson,
                VersionSettings.DEFAULT,
                lineageJson);
    }

    public NewVersion {
        RegistryName.require("model", model);
        if (!version.isEmpty()) {
            RegistryName.require("version", version);
        }
        aliases = List.copyOf(aliases);
        aliases.forEach(alias -> RegistryName.require("alias", alias));
    }

    /** Returns what to call it in an error. */
    String label() {
        return version.isEmpty() ? model : model + " version " + version;
    }
}
