package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.RowsMixedException;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of several requests; when it fails each runs alone, so that one of them fails alone. */
final class BatchRun implements Runnable {
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

    @Override
    public void run() {
        long start = clock.nanos();
        attempts.removeIf(attempt -> !attempt.begin(start));
        if (attempts.size() > 1) {
            together();
        } else {
            alone();
        }
    }

    private void together() {
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
            alone();
            return;
        } catch (TidegateException e) {
            LOG.debug("a run of {} requests failed, each runs alone", attempts.size(), e);
            alone();
            return;
        }
        long end = clock.nanos();
        for (int i = 0; i < outputs.length; i++) {
            Attempt attempt = attempts.get(i);
            Tensor[] own = outputs[i];
            guarded(() -> attempt.ranTogether(own, end));
        }
    }

    private Tensor[][] inputs() {
        Tensor[][] inputs = new Tensor[attempts.size()][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = attempts.get(i).inputs();
        }
        return inputs;
    }

    private void alone() {
        for (Attempt attempt : attempts) {
            guarded(attempt::runAlone);
        }
    }

    /** What goes wrong with one answer is not to keep the others from theirs. */
    private static void guarded(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException e) {
            LOG.error("an answer could not be sent", e);
        }
    }
}
