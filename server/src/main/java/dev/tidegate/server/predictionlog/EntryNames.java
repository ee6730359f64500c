package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Payload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Makes entries of predictions by the names of models and versions, each asked for once; what is no
 * longer registered goes by its number.
 */
final class EntryNames {
    private static final String MODEL = "select name from model where id = :id";
    private static final String VERSION = "select version from model_version where id = :id";

    private final Map<Long, String> models = new HashMap<>();
    private final Map<Long, String> versions = new HashMap<>();
    private final AbsentMessages absent;

    EntryNames(LogSettingsTable settings) {
        absent = new AbsentMessages(settings);
    }

    /** Makes an entry with its messages, or why there are none. */
    PredictionEntry entry(Handle handle, ArmEvent event) {
        return entry(handle, event, absent.reason(handle, event));
    }

    /** Makes an entry without messages. */
    PredictionEntry line(Handle handle, ArmEvent event) {
        return entry(handle, event.withoutMessages(), "");
    }

    /** Returns a model's name. */
    String model(Handle handle, long id) {
        return name(handle, models, MODEL, id);
    }

    /** Returns a version's name, empty when there is none. */
    String version(Handle handle, long id) {
        return id == 0 ? "" : name(handle, versions, VERSION, id);
    }

    private PredictionEntry entry(Handle handle, ArmEvent event, String why) {
        return new PredictionEntry(
                event.predictionId(),
                event.clientId(),
                Instant.EPOCH.plus(event.timeMicros(), ChronoUnit.MICROS),
                model(handle, event.modelId()),
                version(handle, event.routedVersionId()),
                version(handle, event.answeredVersionId()),
                event.arm(),
                event.reason(),
                event.routeEpoch(),
                event.outcome(),
                event.error(),
                event.totalMicros(),
                event.queueMicros(),
                event.computeMicros(),
                event.unitHash(),
                Optional.ofNullable(event.trace()),
                whole(event.request()),
                whole(event.response()),
                why);
    }

    private static Optional<Payload> whole(Payload payload) {
        return payload.isWhole() ? Optional.of(payload) : Optional.empty();
    }

    private static String name(Handle handle, Map<Long, String> known, String query, long id) {
        return known.computeIfAbsent(
                id,
                number ->
                        handle.createQuery(query)
                                .bind("id", number)
                                .mapTo(String.class)
                                .findOne()
                                .orElseGet(number::toString));
    }
}
