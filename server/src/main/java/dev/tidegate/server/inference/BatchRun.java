package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.RowsMixedException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of several requests; when it fails each runs alone, so that one of them fails alone. The
 * answers come later.
 */
final class BatchRun {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

    private final List<Attempt> attempts;
    private final MonotonicClock clock;

    /**
     * @param attempts at least one, of one version, which can run together
     */
    BatchRun(List<Attempt> attempts, MonotonicClock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    void run() {
        if (begin() > 1 && ranTogether()) {
            return;
        }
        attempts.forEach(this::runAlone);
    }

    private int begin() {
        long now = clock.nanos();
        attempts.removeIf(attempt -> !attempt.begin(now));
        return attempts.size();
    }

    private boolean ranTogether() {
        Attempt first = attempts.getFirst();
        Tensor[][] outputs;
        try {
            first.version().counters().executed();
            outputs = first.version().runTogether(inputs(), first.wanted(), null);
        } catch (RowsMixedException e) {
            LOG.warn(
                    "{} mixes rows, its requests run alone from now on: {}",
                    first.version().version().label(),
                    e.getMessage());
            first.version().batchable(false);
            return false;
        } catch (RuntimeException | Error e) {
            LOG.debug("a run of {} requests failed, each runs alone", attempts.size(), e);
            return false;
        }
        long end = clock.nanos();
        for (int i = 0; i < outputs.length; i++) {
            attempts.get(i).ranTogether(outputs[i], end);
        }
        return true;
    }

    private Tensor[][] inputs() {
        Tensor[][] inputs = new Tensor[attempts.size()][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = attempts.get(i).inputs();
        }
        return inputs;
    }

    /** Begins again: a failed run of all is no part of what this one took. */
    private void runAlone(Attempt attempt) {
        if (attempts.size() == 1 || attempt.begin(clock.nanos())) {
            attempt.runAlone();
        }
    }
}
