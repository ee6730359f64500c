package dev.tidegate.server.platform.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error whose message is written for the caller: the offending value and what was expected. */
public final class TidegateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    public TidegateException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TidegateException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, cause, null);
    }

    private TidegateException(
            ErrorCode code,
            String message,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** Returns after which time the same may be tried again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
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

    public static TidegateException exhausted(String message, Duration retryAfter) {
        return new TidegateException(ErrorCode.EXHAUSTED, message, null, retryAfter);
    }

    public static TidegateException unavailable(String message) {
        return new TidegateException(ErrorCode.UNAVAILABLE, message);
    }

    public static TidegateException unimplemented(String message) {
        return new TidegateException(ErrorCode.UNIMPLEMENTED, message);
    }
}
