package dev.tidegate.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of requests, from any thread; times are of {@link System#nanoTime}. */
final class TallyKeeper {
    private final long start = System.nanoTime();

    /** This and all others are guarded by this. */
    private long sent;

    private long failed;
    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final List<TrafficAnswer> answers = new ArrayList<>();
    private @Nullable String problem;
    private SlowestRequest slowest = new SlowestRequest(0, 0);

    synchronized void onSent() {
        sent++;
    }

    /**
     * @param sentAt when the request was sent
     */
    synchronized void onAnswer(TrafficAnswer answer, long sentAt) {
        took(sentAt);
        versions.merge(answer.version(), 1L, Long::sum);
        reasons.merge(answer.reason(), 1L, Long::sum);
        answers.add(answer);
    }

    /**
     * @param sentAt when the request was sent
     */
    synchronized void onFailure(Throwable cause, long sentAt) {
        took(sentAt);
        failed++;
        if (problem == null) {
            problem = cause.toString();
        }
    }

    private void took(long sentAt) {
        double seconds = seconds(System.nanoTime() - sentAt);
        if (seconds > slowest.seconds()) {
            slowest = new SlowestRequest(seconds, seconds(sentAt - start));
        }
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Returns how many requests have neither an answer nor an error yet. */
    synchronized long open() {
        return sent - failed - answers.size();
    }

    synchronized TrafficTally tally(double seconds) {
        return new TrafficTally(
                sent,
                answers.size(),
                failed,
                versions,
                reasons,
                seconds,
                slowest,
                problem,
                answers);
    }
}
