package dev.tidegate.server.journal;

import static dev.tidegate.server.journal.RecordLayout.BYTE;
import static dev.tidegate.server.journal.RecordLayout.INT;
import static dev.tidegate.server.journal.RecordLayout.LONG;
import static dev.tidegate.server.journal.RecordLayout.UNALIGNED_LONG;

import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in the segment; valid only while it is visited.
 *
 * <p>The accessors have the units of {@link ArmEvent}.
 */
public final class JournalRecord {
    private MemorySegment memory = MemorySegment.NULL;
    private long at;

    JournalRecord() {}

    JournalRecord moveTo(MemorySegment newMemory, long newAt) {
        memory = newMemory;
        at = newAt;
        return this;
    }

    public UUID predictionId() {
        return new UUID(word(RecordLayout.ID_HIGH), word(RecordLayout.ID_LOW));
    }

    public long timeMicros() {
        return word(RecordLayout.TIME);
    }

    public long routeEpoch() {
        return word(RecordLayout.EPOCH);
    }

    public long modelId() {
        return word(RecordLayout.MODEL);
    }

    public long routedVersionId() {
        return word(RecordLayout.ROUTED);
    }

    public long answeredVersionId() {
        return word(RecordLayout.ANSWERED);
    }

    public long unitHash() {
        return word(RecordLayout.UNIT);
    }

    public int totalMicros() {
        return half(RecordLayout.TOTAL);
    }

    public int queueMicros() {
        return half(RecordLayout.QUEUE);
    }

    public int computeMicros() {
        return half(RecordLayout.COMPUTE);
    }

    public Arm arm() {
        return EventCodes.arm(octet(RecordLayout.ARM));
    }

    public RouteReason reason() {
        return EventCodes.reason(octet(RecordLayout.REASON));
    }

    public Outcome outcome() {
        return EventCodes.outcome(octet(RecordLayout.OUTCOME));
    }

    public boolean inEvidence() {
        return has(RecordLayout.IN_EVIDENCE);
    }

    public String clientId() {
        return new String(
                bytes(RecordLayout.VARIABLE, half(RecordLayout.CLIENT_ID_STORED)),
                StandardCharsets.UTF_8);
    }

    public String error() {
        int from = RecordLayout.VARIABLE + half(RecordLayout.CLIENT_ID_STORED);
        return new String(bytes(from, half(RecordLayout.ERROR_STORED)), StandardCharsets.UTF_8);
    }

    public Payload request() {
        Payload request =
                new Payload(
                        half(RecordLayout.REQUEST_SIZE),
                        has(RecordLayout.REQUEST_DIGESTED),
                        bytes(requestFrom(), half(RecordLayout.REQUEST_STORED)));
        return has(RecordLayout.REQUEST_REDACTED) ? request.asRedacted() : request;
    }

    public Payload response() {
        int from = requestFrom() + half(RecordLayout.REQUEST_STORED);
        Payload response =
                new Payload(
                        half(RecordLayout.RESPONSE_SIZE),
                        has(RecordLayout.RESPONSE_DIGESTED),
                        bytes(from, half(RecordLayout.RESPONSE_STORED)));
        return has(RecordLayout.RESPONSE_REDACTED) ? response.asRedacted() : response;
    }

    /** Returns the trace that the caller named; null when it named none. */
    public @Nullable TraceId trace() {
        if (!has(RecordLayout.TRACED)) {
            return null;
        }
        long from =
                at
                        + requestFrom()
                        + half(RecordLayout.REQUEST_STORED)
                        + half(RecordLayout.RESPONSE_STORED);
        return new TraceId(
                memory.get(UNALIGNED_LONG, from), memory.get(UNALIGNED_LONG, from + Long.BYTES));
    }

    /** Returns a copy that may be kept. */
    public ArmEvent event() {
        return new ArmEvent(
                predictionId(),
                timeMicros(),
                routeEpoch(),
                modelId(),
                routedVersionId(),
                answeredVersionId(),
                arm(),
                reason(),
                inEvidence(),
                unitHash(),
                outcome(),
                totalMicros(),
                queueMicros(),
                computeMicros(),
                clientId(),
                error(),
                request(),
                response(),
                trace());
    }

    private int requestFrom() {
        return RecordLayout.VARIABLE
                + half(RecordLayout.CLIENT_ID_STORED)
                + half(RecordLayout.ERROR_STORED);
    }

    private long word(int field) {
        return memory.get(LONG, at + field);
    }

    private int half(int field) {
        return memory.get(INT, at + field);
    }

    private byte octet(int field) {
        return memory.get(BYTE, at + field);
    }

    private boolean has(int flag) {
        return (octet(RecordLayout.FLAGS) & flag) != 0;
    }

    private byte[] bytes(int from, int length) {
        return memory.asSlice(at + from, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
