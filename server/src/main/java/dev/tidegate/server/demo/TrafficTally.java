package dev.tidegate.server.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client has counted by itself.
 *
 * @param sent requests
 * @param answered requests that got an answer
 * @param failed requests that got an error, by the first words of it in {@code problem}
 * @param versions answers by the version that gave them
 * @param reasons answers by why that version gave them
 * @param seconds how long it sent
 * @param slowest the request that took longest
 * @param problem the first error; null when there was none
 * @param answers what each answer said about itself
 */
public record TrafficTally(
        long sent,
        long answered,
        long failed,
        Map<String, Long> versions,
        Map<String, Long> reasons,
        double seconds,
        SlowestRequest slowest,
        @Nullable String problem,
        List<TrafficAnswer> answers) {
    public TrafficTally {
        versions = new TreeMap<>(versions);
        reasons = new TreeMap<>(reasons);
        answers = List.copyOf(answers);
    }
}
