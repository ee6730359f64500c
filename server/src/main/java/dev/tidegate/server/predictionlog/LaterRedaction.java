package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes fields out of predictions that were kept before somebody had these fields redacted. Files
 * stay for months, so what goes into them follows the settings of the day on which they are
 * written.
 */
@Singleton
final class LaterRedaction {
    private final KeptMessages kept;
    private final LongFunction<Optional<ModelSignature>> signatures;

    /** By version; a signature never changes. */
    private final Map<Long, ModelSignature> known = new ConcurrentHashMap<>();

    @Inject
    LaterRedaction(KeptMessages kept, ModelRegistry registry) {
        this(kept, id -> registry.byId(id).map(RegisteredVersion::signature));
    }

    /**
     * @param signatures of versions, by their ids
     */
    LaterRedaction(KeptMessages kept, LongFunction<Optional<ModelSignature>> signatures) {
        this.kept = kept;
        this.signatures = signatures;
    }

    /** Returns the event as it may be kept now; without messages when nobody knows its version. */
    ArmEvent of(ArmEvent event) {
        if (!kept.redacts(event.modelId())) {
            return event;
        }
        String error = event.error().isEmpty() ? "" : kept.reason(event.modelId(), event.error());
        ModelSignature signature = signature(event.routedVersionId());
        if (signature == null) {
            ArmEvent bare = event.withoutMessages();
            return bare.with(bare.request(), bare.response(), error);
        }
        return event.with(
                again(
                        event.request(),
                        message -> kept.request(event.modelId(), signature, message)),
                again(
                        event.response(),
                        message -> kept.response(event.modelId(), signature, message)),
                error);
    }

    private static Payload again(Payload before, Function<byte[], Payload> redaction) {
        if (!before.isWhole()) {
            return before;
        }
        Payload now = redaction.apply(before.bytes());
        return before.isRedacted() ? now.asRedacted() : now;
    }

    private @Nullable ModelSignature signature(long versionId) {
        ModelSignature seen = known.get(versionId);
        if (seen != null) {
            return seen;
        }
        Optional<ModelSignature> found = signatures.apply(versionId);
        found.ifPresent(signature -> known.put(versionId, signature));
        return found.orElse(null);
    }
}
