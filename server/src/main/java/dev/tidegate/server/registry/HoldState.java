package dev.tidegate.server.registry;

/** How a version is on a replica that has to do with it. */
public enum HoldState {
    /** It is being brought into memory and warmed up. */
    LOADING,
    /** It answers. */
    READY,
    /** Its session is open; the server that runs it does not answer. */
    UNREACHABLE,
    /** It could not be loaded. */
    FAILED
}
