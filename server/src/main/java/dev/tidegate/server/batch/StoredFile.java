package dev.tidegate.server.batch;

/**
 * A file in the artifact store.
 *
 * @param digest SHA-256, lower-case hex; empty when it was removed for its age
 */
record StoredFile(String digest, long bytes) {
    boolean isThere() {
        return !digest.isEmpty();
    }
}
