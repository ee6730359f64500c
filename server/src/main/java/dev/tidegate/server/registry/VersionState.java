package dev.tidegate.server.registry;

/** How far a version has come. */
public enum VersionState {
    /** Its artifact is stored. */
    REGISTERED,
    /** Its graph loads and fits its signature. */
    VALIDATED,
    /** It has been loaded and is at hand; unloaded, it is VALIDATED again. */
    STAGED,
    /** A route names it. */
    LIVE,
    /** It is kept for the record only. */
    ARCHIVED
}
