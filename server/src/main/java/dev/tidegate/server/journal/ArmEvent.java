package dev.tidegate.server.journal;

import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one routed request.
 *
 * @param predictionId the server's id, UUID version 7
 * @param timeMicros microseconds since 1970-01-01T00:00Z
 * @param routeEpoch epoch of the route that was read
 * @param modelId model that was asked
 * @param routedVersionId version that the route chose
 * @param answeredVersionId version that answered, 0 when none did
 * @param arm side of the route
 * @param reason why this version
 * @param inEvidence whether the gate may count it
 * @param unitHash hash of the unit, or of the prediction id when the client named none
 * @param outcome of the routed arm
 * @param totalMicros from arrival to reply
 * @param queueMicros waiting for a session
 * @param computeMicros running the model
 * @param clientId the client's own id, empty when it sent none
 * @param error what failed on the routed arm, empty when nothing did
 * @param request Open Inference Protocol request on the wire
 * @param response Open Inference Protocol response on the wire, empty when none was sent
 * @param trace that the caller named, null when it named none
 */
public record ArmEvent(
        UUID predictionId,
        long timeMicros,
        long routeEpoch,
        long modelId,
        long routedVersionId,
        long answeredVersionId,
        Arm arm,
        RouteReason reason,
        boolean inEvidence,
        long unitHash,
        Outcome outcome,
        int totalMicros,
        int queueMicros,
        int computeMicros,
        String clientId,
        String error,
        Payload request,
        Payload response,
        @Nullable TraceId trace) {

    /**
     * Makes an event of whole messages without a trace; the bytes are not copied and must not
     * change.
     */
    public ArmEvent(
            UUID predictionId,
            long timeMicros,
            long routeEpoch,
            long modelId,
            long routedVersionId,
            long answeredVersionId,
            Arm arm,
            RouteReason reason,
            boolean inEvidence,
            long unitHash,
            Outcome outcome,
            int totalMicros,
            int queueMicros,
            int computeMicros,
            String clientId,
            String error,
            byte[] request,
            byte[] response) {
        this(
                predictionId,
                timeMicros,
                routeEpoch,
                modelId,
                routedVersionId,
                answeredVersionId,
                arm,
                reason,
                inEvidence,
                unitHash,
                outcome,
                totalMicros,
                queueMicros,
                computeMicros,
                clientId,
                error,
                Payload.whole(request),
                Payload.whole(response),
                null);
    }

    /** Returns the same event; of its messages only the sizes. */
    public ArmEvent withoutMessages() {
        return with(request.withoutMessage(), response.withoutMessage(), error);
    }

    /** Returns the same event with other messages, and another reason of its failure. */
    public ArmEvent with(Payload otherRequest, Payload otherResponse, String otherError) {
        return new ArmEvent(
                predictionId,
                timeMicros,
                routeEpoch,
                modelId,
                routedVersionId,
                answeredVersionId,
                arm,
                reason,
                inEvidence,
                unitHash,
                outcome,
                totalMicros,
                queueMicros,
                computeMicros,
                clientId,
                otherError,
                otherRequest,
                otherResponse,
                trace);
    }
}
