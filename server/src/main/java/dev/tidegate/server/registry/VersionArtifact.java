package dev.tidegate.server.registry;

/**
 * A checked artifact with what is known of it.
 *
 * @param lineage JSON object
 */
record VersionArtifact(String digest, long bytes, ModelSignature signature, String lineage) {}
