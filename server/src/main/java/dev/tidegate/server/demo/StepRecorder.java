package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns sightings of a rollout into its steps. */
final class StepRecorder {
    private final MonotonicClock clock;
    private final List<StepRecord> steps = new ArrayList<>();
    private @Nullable Document last;
    private long entered;

    StepRecorder(MonotonicClock clock) {
        this.clock = clock;
        this.entered = clock.nanos();
    }

    /** Returns whether the rollout is in another step than when it was last seen. */
    boolean saw(Document rollout) {
        Document before = last;
        boolean moved = before != null && before.number("step") != rollout.number("step");
        if (moved) {
            close(rollout.text("reason"));
        }
        last = rollout;
        return moved;
    }

    private void close(String verdict) {
        Document seen = last;
        if (seen != null) {
            long now = clock.nanos();
            steps.add(StepRecord.of(seen, verdict, Duration.ofNanos(now - entered)));
            entered = now;
        }
    }

    /** Returns all steps; the last one ends now. */
    List<StepRecord> finish() {
        close(last == null ? "" : last.text("reason"));
        last = null;
        return List.copyOf(steps);
    }
}
