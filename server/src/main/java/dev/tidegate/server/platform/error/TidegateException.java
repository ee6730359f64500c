package dev.tidegate.server.platform.error;

import org.jspecify.annotations.Nullable;

/** An error whose message is written for the caller: the offending value and what was expected. */
public final class TidegateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public TidegateException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TidegateException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** Returns the message, never null. */
    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }

    public static TidegateException invalid(String message) {
        return new TidegateException(ErrorCode.INVALID_ARGUMENT, message);
    }

    public static TidegateException notFound(String message) {
        return new TidegateException(ErrorCode.NOT_FOUND, message);
    }

    public static TidegateException alreadyExists(String message) {
        return new TidegateException(ErrorCode.ALREADY_EXISTS, message);
    }

    public static TidegateException unauthenticated(String message) {
        return new TidegateException(ErrorCode.UNAUTHENTICATED, message);
    }

    public static TidegateException notAllowed(String message) {
        return new TidegateException(ErrorCode.NOT_ALLOWED, message);
    }

    public static TidegateException conflict(String message) {
        return new TidegateException(ErrorCode.CONFLICT, message);
    }

    public static TidegateException precondition(String message) {
        return new TidegateException(ErrorCode.PRECONDITION, message);
    }

    public static TidegateException exhausted(String message) {
        return new TidegateException(ErrorCode.EXHAUSTED, message);
    }

    public static TidegateException unavailable(String message) {
        return new TidegateException(ErrorCode.UNAVAILABLE, message);
    }

    public static TidegateException unimplemented(String message) {
        return new TidegateException(ErrorCode.UNIMPLEMENTED, message);
    }
}
