package dev.tidegate.server.platform.error;

/** Stable numbers of errors; a number is never given to another error. */
public enum ErrorCode {
    INVALID_ARGUMENT(1, ErrorKind.USER),
    NOT_FOUND(2, ErrorKind.NOT_FOUND),
    ALREADY_EXISTS(3, ErrorKind.ALREADY_EXISTS),
    UNAUTHENTICATED(4, ErrorKind.UNAUTHENTICATED),
    NOT_ALLOWED(5, ErrorKind.NOT_ALLOWED),
    CONFLICT(6, ErrorKind.CONFLICT),
    PRECONDITION(7, ErrorKind.PRECONDITION),
    EXHAUSTED(8, ErrorKind.EXHAUSTED),
    UNAVAILABLE(9, ErrorKind.UNAVAILABLE),
    DEADLINE_EXCEEDED(10, ErrorKind.DEADLINE),
    UNIMPLEMENTED(11, ErrorKind.UNIMPLEMENTED),
    INTERNAL(12, ErrorKind.INTERNAL),
    EVIDENCE_CHANGED(13, ErrorKind.PRECONDITION),
    STORAGE_UNAVAILABLE(14, ErrorKind.UNAVAILABLE),
    LEADERSHIP_LOST(15, ErrorKind.UNAVAILABLE);

    private final int number;
    private final ErrorKind kind;

    ErrorCode(int number, ErrorKind kind) {
        this.number = number;
        this.kind = kind;
    }

    /** Returns the number that scripts may rely on. */
    public int number() {
        return number;
    }

    public ErrorKind kind() {
        return kind;
    }
}
