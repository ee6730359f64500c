package dev.tidegate.server.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version as it stands in the registry; all but state, settings and aliases never change.
 *
 * @param digest SHA-256 of the artifact, or of the remote place's text, 64 lower-case hex digits
 * @param bytes size of the same
 * @param lineage JSON
 * @param settings how it runs
 * @param aliases sorted
 * @param remote where another server runs it; empty when this one does
 */
public record RegisteredVersion(
        long id,
        long modelId,
        String model,
        String version,
        String digest,
        long bytes,
        VersionState state,
        ModelSignature signature,
        String lineage,
        Instant registeredAt,
        String registeredBy,
        VersionSettings settings,
        List<String> aliases,
        Optional<RemotePlace> remote) {
    public RegisteredVersion {
        aliases = List.copyOf(aliases);
    }

    /** Returns the same version with other settings. */
    RegisteredVersion with(VersionSettings other) {
        return new RegisteredVersion(
                id,
                modelId,
                model,
                version,
                digest,
                bytes,
                state,
                signature,
                lineage,
                registeredAt,
                registeredBy,
                other,
                aliases,
                remote);
    }

    /** Returns the same under another name. */
    public RegisteredVersion named(String name) {
        return new RegisteredVersion(
                id,
                modelId,
                model,
                name,
                digest,
                bytes,
                state,
                signature,
                lineage,
                registeredAt,
                registeredBy,
                settings,
                aliases,
                remote);
    }

    /** Returns the name that audit events use. */
    String subject() {
        return "model/" + model + "/" + version;
    }

    /** Returns the name that errors use. */
    public String label() {
        return model + " version " + version;
    }
}
