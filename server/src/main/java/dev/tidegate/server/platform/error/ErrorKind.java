package dev.tidegate.server.platform.error;

/** What a caller can do about an error. */
public enum ErrorKind {
    /** The request is wrong; sending it again does not help. */
    USER,
    NOT_FOUND,
    /** Something with that name is there already. */
    ALREADY_EXISTS,
    UNAUTHENTICATED,
    NOT_ALLOWED,
    /** The state has changed since the caller looked: look again. */
    CONFLICT,
    /** The state does not permit it now. */
    PRECONDITION,
    EXHAUSTED,
    UNAVAILABLE,
    DEADLINE,
    UNIMPLEMENTED,
    INTERNAL
}
