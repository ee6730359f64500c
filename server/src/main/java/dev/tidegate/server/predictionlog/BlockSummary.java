package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.stats.Arm;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How many predictions of each kind a block has. */
final class BlockSummary {
    private final Map<Kind, Tally> tallies = new HashMap<>();
    private @Nullable Kind newest;
    private Tally tally = new Tally();

    void add(ArmEvent event) {
        Kind last = newest;
        if (last == null || !last.isOf(event)) {
            Kind kind = Kind.of(event);
            tally = tallies.computeIfAbsent(kind, ignored -> new Tally());
            newest = kind;
        }
        tally.count++;
    }

    int events() {
        return tallies.values().stream().mapToInt(one -> one.count).sum();
    }

    int failures() {
        return tallies.entrySet().stream()
                .filter(entry -> !entry.getKey().outcome().isOk())
                .mapToInt(entry -> entry.getValue().count)
                .sum();
    }

    long[] models() {
        return column(Kind::model);
    }

    long[] versions() {
        return column(Kind::version);
    }

    long[] epochs() {
        return column(Kind::epoch);
    }

    long[] arms() {
        return column(kind -> EventCodes.of(kind.arm()));
    }

    long[] outcomes() {
        return column(kind -> EventCodes.of(kind.outcome()));
    }

    long[] counts() {
        return tallies.values().stream().mapToLong(one -> one.count).toArray();
    }

    private long[] column(ToLongFunction<Kind> part) {
        return tallies.keySet().stream().mapToLong(part).toArray();
    }

    private record Kind(long model, long version, long epoch, Arm arm, Outcome outcome) {
        static Kind of(ArmEvent event) {
            return new Kind(
                    event.modelId(),
                    event.routedVersionId(),
                    event.routeEpoch(),
                    event.arm(),
                    event.outcome());
        }

        boolean isOf(ArmEvent event) {
            return model == event.modelId()
                    && version == event.routedVersionId()
                    && epoch == event.routeEpoch()
                    && arm == event.arm()
                    && outcome == event.outcome();
        }
    }

    private static final class Tally {
        private int count;
    }
}
