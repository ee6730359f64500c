package dev.tidegate.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of requests, from any thread. */
final class TallyKeeper {
    /** All fields are guarded by this. */
    private long sent;

    private long failed;
    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final List<TrafficAnswer> answers = new ArrayList<>();
    private @Nullable String problem;

    synchronized void onSent() {
        sent++;
    }

    synchronized void onAnswer(TrafficAnswer answer) {
        versions.merge(answer.version(), 1L, Long::sum);
        reasons.merge(answer.reason(), 1L, Long::sum);
        answers.add(answer);
    }

    synchronized void onFailure(Throwable cause) {
        failed++;
        if (problem == null) {
            problem = cause.toString();
        }
    }

    /** Returns how many requests have neither an answer nor an error yet. */
    synchronized long open() {
        return sent - failed - answers.size();
    }

    synchronized TrafficTally tally(double seconds) {
        return new TrafficTally(
                sent, answers.size(), failed, versions, reasons, seconds, problem, answers);
    }
}
