package dev.tidegate.server.inference.remote;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Status;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Why a server gave no answer. CANCELLED is a request that this side took back, OUT_OF_RANGE also
 * one that was too large for the server, or its answer for this side.
 *
 * @param description what the server or the connection says, cut when long
 */
record PeerFailure(Status.Code code, String description) {
    /** What gRPC's libraries in Java, C++ and Go say of messages above their bounds. */
    private static final Pattern SIZE =
            Pattern.compile("larger than max|exceeds maximum size", Pattern.CASE_INSENSITIVE);

    static PeerFailure of(Throwable failure) {
        if (failure instanceof ExecutionException wrapped && wrapped.getCause() != null) {
            return of(wrapped.getCause());
        }
        if (failure instanceof CancellationException) {
            return new PeerFailure(Status.Code.CANCELLED, "cancelled");
        }
        Status status = Status.fromThrowable(failure);
        String said = status.getDescription() == null ? "" : status.getDescription();
        Throwable cause = status.getCause();
        String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        String text = Excerpt.of((said + why).strip());
        return switch (status.getCode()) {
            case CANCELLED ->
                    new PeerFailure(
                            Status.Code.UNAVAILABLE, "the server broke the request off: " + text);
            case RESOURCE_EXHAUSTED ->
                    new PeerFailure(
                            SIZE.matcher(text).find()
                                    ? Status.Code.OUT_OF_RANGE
                                    : Status.Code.RESOURCE_EXHAUSTED,
                            text);
            default -> new PeerFailure(status.getCode(), text);
        };
    }

    /** Returns whether it says that the request is wrong, and nothing of the server. */
    boolean isCallers() {
        return code == Status.Code.INVALID_ARGUMENT || code == Status.Code.OUT_OF_RANGE;
    }

    /** Returns it with what may be kept of the description. */
    PeerFailure keeping(UnaryOperator<String> keep) {
        return new PeerFailure(code, keep.apply(description));
    }

    /** Returns whether it says that the server is amiss, and nothing of the request. */
    boolean isServers() {
        return switch (code) {
            case UNAVAILABLE,
                    RESOURCE_EXHAUSTED,
                    NOT_FOUND,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED ->
                    true;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    DEADLINE_EXCEEDED,
                    ALREADY_EXISTS,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    INTERNAL,
                    DATA_LOSS ->
                    false;
        };
    }

    /** Returns whether it only says that no answer came in time. */
    boolean isSilence() {
        return code == Status.Code.DEADLINE_EXCEEDED || code == Status.Code.CANCELLED;
    }

    /**
     * Returns whether another server may be asked: this one was not reached, or has no room. A
     * request that a model failed on would fail there too.
     */
    boolean isWorthARetry() {
        return code == Status.Code.UNAVAILABLE || code == Status.Code.RESOURCE_EXHAUSTED;
    }

    /** Returns what the caller is told. */
    TidegateException exception(String version, String address) {
        return new TidegateException(errorCode(), "%s at %s: %s".formatted(version, address, this));
    }

    private ErrorCode errorCode() {
        return switch (code) {
            case UNAVAILABLE, NOT_FOUND, UNIMPLEMENTED, UNAUTHENTICATED, PERMISSION_DENIED ->
                    ErrorCode.UNAVAILABLE;
            case RESOURCE_EXHAUSTED -> ErrorCode.EXHAUSTED;
            case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> ErrorCode.INVALID_ARGUMENT;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    ALREADY_EXISTS,
                    FAILED_PRECONDITION,
                    ABORTED,
                    INTERNAL,
                    DATA_LOSS ->
                    ErrorCode.INTERNAL;
        };
    }

    @Override
    public String toString() {
        return description.isEmpty() ? code.name() : code + ": " + description;
    }
}
