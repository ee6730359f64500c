package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.registry.ModelSignature;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What may be kept of requests, answers and reasons: without the values of redacted fields. Asks
 * only memory.
 */
@Singleton
public final class KeptMessages {
    /** Stands where a reason was that might have held a value. */
    public static final String NO_REASON =
            "the reason is not kept: fields of this model are redacted, and it may hold a value of theirs";

    private final KnownLogSettings settings;

    /** Those of the version that was asked last, by model. */
    private final Map<Long, RedactedFields> fields = new ConcurrentHashMap<>();

    KeptMessages(KnownLogSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns a request as it may be kept.
     *
     * @param signature that it was held against
     * @param wire the message; not copied when nothing of it is redacted
     */
    public Payload request(long modelId, ModelSignature signature, byte[] wire) {
        LogSettings known = settings.of(modelId);
        if (known.redacts()) {
            RedactedFields redacted = fields(modelId, known, signature);
            if (redacted.areInRequests()) {
                return Payload.whole(RedactionProtoMapper.request(redacted, wire)).asRedacted();
            }
        }
        return Payload.whole(wire);
    }

    /**
     * Returns an answer as it may be kept.
     *
     * @param signature that the request was held against
     * @param wire the message, empty when there is none
     */
    public Payload response(long modelId, ModelSignature signature, byte[] wire) {
        LogSettings known = settings.of(modelId);
        if (known.redacts() && wire.length > 0) {
            RedactedFields redacted = fields(modelId, known, signature);
            if (redacted.areInResponses()) {
                return Payload.whole(RedactionProtoMapper.response(redacted, wire)).asRedacted();
            }
        }
        return Payload.whole(wire);
    }

    boolean redacts(long modelId) {
        return settings.of(modelId).redacts();
    }

    /** Returns why something failed, in words that come from outside, as it may be kept. */
    public String reason(long modelId, String text) {
        return settings.of(modelId).redacts() ? NO_REASON : text;
    }

    private RedactedFields fields(long modelId, LogSettings known, ModelSignature signature) {
        RedactedFields newest = fields.get(modelId);
        if (newest == null || !newest.areOf(known, signature)) {
            newest = new RedactedFields(known, signature);
            fields.put(modelId, newest);
        }
        return newest;
    }
}
