package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Says why the log has not kept the messages of a prediction. */
final class AbsentMessages {
    /** Settings of a model that are looked through. */
    private static final int HISTORY = 1_000;

    private final LogSettingsTable table;
    private final Map<Long, List<LogSettingsRow>> histories = new HashMap<>();

    AbsentMessages(LogSettingsTable table) {
        this.table = table;
    }

    /** Returns the reason, empty when both messages are kept. */
    String reason(Handle handle, ArmEvent event) {
        if (event.request().isOmitted()) {
            return "not kept: this model's log " + sampled(handle, event);
        }
        if (event.request().isDigested() || event.response().isDigested()) {
            return "request of %d bytes, answer of %d: of one above tidegate.journal.payload-cap only the SHA-256 is kept"
                    .formatted(event.request().size(), event.response().size());
        }
        return "";
    }

    private String sampled(Handle handle, ArmEvent event) {
        List<LogSettingsRow> history =
                histories.computeIfAbsent(
                        event.modelId(), model -> table.history(handle, model, HISTORY));
        double share = shareAt(history, Instant.EPOCH.plus(event.timeMicros(), ChronoUnit.MICROS));
        if (share == 1) {
            return "was sampled then";
        }
        boolean still = history.getFirst().settings().sample() == share;
        return (still ? "is" : "was then") + " sampled at " + percent(share);
    }

    /**
     * Returns the share that was in force, or, since settings count when a prediction goes into the
     * log, the first one below 1 that came after; 1 when there was none.
     */
    private static double shareAt(List<LogSettingsRow> newestFirst, Instant at) {
        double next = 1;
        for (LogSettingsRow row : newestFirst) {
            double share = row.settings().sample();
            next = share < 1 ? share : next;
            if (!row.at().isAfter(at)) {
                return next;
            }
        }
        return next;
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString()
                + " %";
    }
}
