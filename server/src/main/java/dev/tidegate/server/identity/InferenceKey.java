package dev.tidegate.server.identity;

/** When a request to a model needs a key. */
public enum InferenceKey {
    /** When others than this machine reach the server. */
    BEYOND_LOOPBACK,
    ALWAYS,
    NEVER
}
