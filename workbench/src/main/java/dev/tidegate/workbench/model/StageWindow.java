package dev.tidegate.workbench.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Totals of the newest minute, from which the means of that minute are taken. */
final class StageWindow {
    static final Duration LENGTH = Duration.ofMinutes(1);

    private final Deque<Reading> readings = new ArrayDeque<>();

    /** The totals at one moment. */
    private record Reading(Instant at, Map<String, StageTotals> totals) {}

    /** Adds totals that are newer than all before. */
    void add(Instant at, List<StageTotals> totals) {
        readings.addLast(
                new Reading(
                        at,
                        totals.stream()
                                .collect(
                                        Collectors.toMap(
                                                StageTotals::version, Function.identity()))));
        while (readings.getFirst().at().isBefore(at.minus(LENGTH))) {
            readings.removeFirst();
        }
    }

    /** Returns how much time the means are of. */
    Duration length() {
        return readings.isEmpty()
                ? Duration.ZERO
                : Duration.between(readings.getFirst().at(), readings.getLast().at());
    }

    /** Returns the means of each version that is in memory now; without requests they are NaN. */
    List<StageMeans> means() {
        if (readings.isEmpty()) {
            return List.of();
        }
        return readings.getLast().totals().values().stream()
                .map(now -> StageMeans.between(oldest(now), now))
                .toList();
    }

    /** Totals that are greater than now's are of a session that was closed meanwhile. */
    private StageTotals oldest(StageTotals now) {
        for (Reading reading : readings) {
            StageTotals then = reading.totals().get(now.version());
            if (then != null && then.requests() <= now.requests()) {
                return then;
            }
        }
        return now;
    }
}
