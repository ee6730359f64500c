package dev.tidegate.server.platform.grpc;

import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;

/** The one function from a throwable to what goes over the wire. */
public final class StatusMapping {
    /** Trailer with the stable number of the error. */
    public static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("tidegate-error", Metadata.ASCII_STRING_MARSHALLER);

    /** Trailer with the milliseconds that gRPC clients wait before they try again. */
    public static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private StatusMapping() {}

    /** Returns the status; anything unforeseen is INTERNAL and says nothing but the given id. */
    public static Status status(Throwable failure, String incident) {
        return switch (failure) {
            case TidegateException e ->
                    status(e.code().kind())
                            .withDescription(StatusText.fitting(e.text()))
                            .withCause(e);
            case StatusRuntimeException e -> fitting(e.getStatus());
            case StatusException e -> fitting(e.getStatus());
            default ->
                    Status.INTERNAL
                            .withDescription("internal error, incident " + incident)
                            .withCause(failure);
        };
    }

    private static Status fitting(Status status) {
        String text = status.getDescription();
        return text == null ? status : status.withDescription(StatusText.fitting(text));
    }

    /** Returns trailers that name the error's code, and when to try again. */
    public static Metadata trailers(Throwable failure) {
        Metadata trailers = new Metadata();
        if (failure instanceof TidegateException e) {
            trailers.put(ERROR_CODE, Integer.toString(e.code().number()) + " " + e.code().name());
            e.retryAfter()
                    .ifPresent(wait -> trailers.put(RETRY_AFTER, Long.toString(wait.toMillis())));
        }
        return trailers;
    }

    private static Status status(ErrorKind kind) {
        return switch (kind) {
            case USER -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
            case NOT_ALLOWED -> Status.PERMISSION_DENIED;
            case CONFLICT -> Status.ABORTED;
            case PRECONDITION -> Status.FAILED_PRECONDITION;
            case EXHAUSTED -> Status.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case DEADLINE -> Status.DEADLINE_EXCEEDED;
            case UNIMPLEMENTED -> Status.UNIMPLEMENTED;
            case INTERNAL -> Status.INTERNAL;
        };
    }
}
