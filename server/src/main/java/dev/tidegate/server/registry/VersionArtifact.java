package dev.tidegate.server.registry;

import java.util.Optional;

/**
 * A checked artifact with what is known of it.
 *
 * @param lineage JSON object
 * @param remote where another server runs it; empty when the artifact is a file
 */
record VersionArtifact(
        String digest,
        long bytes,
        ModelSignature signature,
        String lineage,
        Optional<RemotePlace> remote) {}
