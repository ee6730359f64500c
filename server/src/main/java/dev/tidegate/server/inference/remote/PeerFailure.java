package dev.tidegate.server.inference.remote;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Status;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/**
 * Why a server gave no answer. CANCELLED is a request that this side took back.
 *
 * @param description what the server or the connection says, cut when long
 */
record PeerFailure(Status.Code code, String description) {

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
        return status.getCode() == Status.Code.CANCELLED
                ? new PeerFailure(
                        Status.Code.UNAVAILABLE, "the server broke the request off: " + text)
                : new PeerFailure(status.getCode(), text);
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
            case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
            case RESOURCE_EXHAUSTED -> ErrorCode.EXHAUSTED;
            case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
            case INVALID_ARGUMENT -> ErrorCode.INVALID_ARGUMENT;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                    ErrorCode.INTERNAL;
        };
    }

    @Override
    public String toString() {
        return description.isEmpty() ? code.name() : code + ": " + description;
    }
}
