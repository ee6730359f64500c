package dev.tidegate.server.journal;

import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;

/** Makes arm events for tests; seeded. */
public final class Events {
    private final Random random;
    private final PredictionIds ids;

    public Events(long seed) {
        random = new Random(seed);
        ids = new PredictionIds(Clock.systemUTC(), random);
    }

    public Events(long seed, PredictionIds ids) {
        random = new Random(seed);
        this.ids = ids;
    }

    /** Returns an OK champion event of model 1 in epoch 1 that is not in evidence. */
    public static ArmEvent plain(UUID id, byte[] request, byte[] response) {
        return new ArmEvent(
                id,
                PredictionIds.millisOf(id) * 1000,
                1,
                1,
                11,
                11,
                Arm.CHAMPION,
                RouteReason.CHAMPION,
                false,
                id.getLeastSignificantBits(),
                Outcome.OK,
                900,
                100,
                700,
                "client",
                "",
                request,
                response);
    }

    public ArmEvent plain() {
        return plain(ids.next(), new byte[200], new byte[100]);
    }

    public UUID nextId() {
        return ids.next();
    }

    /** Returns an event whose every field is drawn. */
    public ArmEvent any() {
        byte[] request = new byte[random.nextInt(600)];
        random.nextBytes(request);
        byte[] response = new byte[random.nextInt(300)];
        random.nextBytes(response);
        return new ArmEvent(
                ids.next(),
                random.nextLong(4_000_000_000_000_000L),
                1 + random.nextLong(8),
                1 + random.nextLong(2),
                random.nextLong(),
                random.nextLong(),
                EventCodes.arm(1 + random.nextInt(2)),
                EventCodes.reason(1 + random.nextInt(5)),
                random.nextBoolean(),
                random.nextLong(),
                EventCodes.outcome(1 + random.nextInt(4)),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                "é".repeat(random.nextInt(9)),
                random.nextBoolean() ? "" : "graph failed: 'Two year' is no category",
                Payload.whole(request),
                Payload.whole(response),
                random.nextBoolean() ? null : new TraceId(random.nextLong(), random.nextLong()));
    }

    /** Returns the event with another client id. */
    public static ArmEvent withClientId(ArmEvent event, String clientId) {
        return new ArmEvent(
                event.predictionId(),
                event.timeMicros(),
                event.routeEpoch(),
                event.modelId(),
                event.routedVersionId(),
                event.answeredVersionId(),
                event.arm(),
                event.reason(),
                event.inEvidence(),
                event.unitHash(),
                event.outcome(),
                event.totalMicros(),
                event.queueMicros(),
                event.computeMicros(),
                clientId,
                event.error(),
                event.request(),
                event.response(),
                event.trace());
    }
}
