package dev.tidegate.workbench.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.RequestInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;

/** Turns a gRPC error into a {@link ServiceFailure}; the only place where status codes are read. */
public final class StatusFailure {
    private StatusFailure() {}

    public static ServiceFailure of(Throwable error) {
        Status status = Status.fromThrowable(error);
        String message = message(status);
        return switch (status.getCode()) {
            case INVALID_ARGUMENT, OUT_OF_RANGE ->
                    new ServiceFailure.Invalid(message, field(error));
            case ABORTED, FAILED_PRECONDITION, ALREADY_EXISTS ->
                    new ServiceFailure.Conflict(message);
            case UNAUTHENTICATED -> new ServiceFailure.Unauthenticated(message);
            case PERMISSION_DENIED -> new ServiceFailure.NotAllowed(message);
            case NOT_FOUND -> new ServiceFailure.Missing(message);
            case RESOURCE_EXHAUSTED -> new ServiceFailure.Exhausted(message);
            case UNIMPLEMENTED -> new ServiceFailure.Unsupported(message);
            case DEADLINE_EXCEEDED ->
                    new ServiceFailure.Unavailable("The server did not answer in time");
            case UNAVAILABLE, CANCELLED, OK -> new ServiceFailure.Unavailable(message);
            case INTERNAL, UNKNOWN, DATA_LOSS ->
                    new ServiceFailure.Internal(message, requestId(error));
        };
    }

    /** What the server said, else what the transport met, else the code. */
    private static String message(Status status) {
        String cause = status.getCause() == null ? null : status.getCause().getMessage();
        return Optional.ofNullable(status.getDescription())
                .or(() -> Optional.ofNullable(cause))
                .orElse(status.getCode().name());
    }

    private static Optional<String> field(Throwable error) {
        return detail(error, BadRequest.class)
                .map(BadRequest::getFieldViolationsList)
                .filter(violations -> !violations.isEmpty())
                .map(violations -> violations.getFirst().getField());
    }

    private static String requestId(Throwable error) {
        return detail(error, RequestInfo.class).map(RequestInfo::getRequestId).orElse("");
    }

    private static <M extends com.google.protobuf.Message> Optional<M> detail(
            Throwable error, Class<M> type) {
        com.google.rpc.Status status = StatusProto.fromThrowable(error);
        List<Any> details = status == null ? List.of() : status.getDetailsList();
        return details.stream()
                .filter(detail -> detail.is(type))
                .findFirst()
                .map(detail -> unpacked(detail, type));
    }

    private static <M extends com.google.protobuf.Message> M unpacked(Any detail, Class<M> type) {
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("Error detail is not a " + type.getSimpleName(), e);
        }
    }
}
