package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What was asked and answered.
 *
 * @param id the server's
 * @param clientId the client's own, empty when it sent none
 * @param at when the request arrived
 * @param model its name, or its number when it is no longer registered
 * @param routedVersion version that the route chose
 * @param answeredVersion version that answered, empty when none did
 * @param outcome of the routed arm
 * @param error what failed on the routed arm, empty when nothing did
 * @param totalMicros from arrival to reply
 * @param queueMicros waiting for a session
 * @param computeMicros running the model
 * @param unitHash hash of the unit
 * @param trace that the caller named
 * @param request the message, absent in lists and where only its size or digest is kept
 * @param response the same of the answer
 * @param absent why messages are not kept, for people; empty when they are, and in lists
 */
public record PredictionEntry(
        UUID id,
        String clientId,
        Instant at,
        String model,
        String routedVersion,
        String answeredVersion,
        Arm arm,
        RouteReason reason,
        long routeEpoch,
        Outcome outcome,
        String error,
        int totalMicros,
        int queueMicros,
        int computeMicros,
        long unitHash,
        Optional<TraceId> trace,
        Optional<Payload> request,
        Optional<Payload> response,
        String absent) {}
