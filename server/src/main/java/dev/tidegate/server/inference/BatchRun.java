package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.RowsMixedException;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of several requests. When it fails its halves run apart, and so on, so that what fails
 * fails alone and its mates still run together. After as many failed runs as it takes to find one
 * such request, what is left runs request by request: n requests cost no more than n + 2 log2 n
 * runs, whatever is in them. The answers come later.
 */
final class BatchRun {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

    private final List<Attempt> attempts;
    private final MonotonicClock clock;

    /** Runs of several that may still fail. */
    private int patience;

    /**
     * @param attempts at least one, of one version, which can run together
     */
    BatchRun(List<Attempt> attempts, MonotonicClock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    void run() {
        patience = Integer.SIZE - Integer.numberOfLeadingZeros(attempts.size() - 1);
        run(attempts);
    }

    private void run(List<Attempt> part) {
        List<Attempt> begun = begin(part);
        if (begun.size() == 1) {
            begun.getFirst().runAlone();
        } else if (!begun.isEmpty() && !ranTogether(begun)) {
            apart(begun);
        }
    }

    private List<Attempt> begin(List<Attempt> part) {
        long now = clock.nanos();
        List<Attempt> begun = new ArrayList<>(part.size());
        for (Attempt attempt : part) {
            if (attempt.begin(now)) {
                begun.add(attempt);
            }
        }
        return begun;
    }

    /** Begins again: a failed run of all is no part of what the next one takes. */
    private void apart(List<Attempt> failed) {
        boolean halves = --patience > 0 && failed.getFirst().version().isBatchable();
        int step = halves ? (failed.size() + 1) / 2 : 1;
        for (int from = 0; from < failed.size(); from += step) {
            run(failed.subList(from, Math.min(failed.size(), from + step)));
        }
    }

    private boolean ranTogether(List<Attempt> mates) {
        long start = clock.nanos();
        try {
            return succeededTogether(mates);
        } finally {
            mates.getFirst().version().worked(clock.nanos() - start);
        }
    }

    private boolean succeededTogether(List<Attempt> mates) {
        Attempt first = mates.getFirst();
        Tensor[][] outputs;
        try {
            first.version().counters().executed();
            outputs =
                    first.version().runTogether(inputs(mates), first.wanted(), interruption(mates));
        } catch (RowsMixedException e) {
            LOG.warn(
                    "{} mixes rows, its requests run alone from now on: {}",
                    first.version().version().label(),
                    e.getMessage());
            first.version().batchable(false);
            return false;
        } catch (RuntimeException | Error e) {
            LOG.debug("a run of {} requests failed, they run apart", mates.size(), e);
            return false;
        }
        long end = clock.nanos();
        for (int i = 0; i < outputs.length; i++) {
            mates.get(i).ranTogether(outputs[i], end);
        }
        return true;
    }

    private static @Nullable Interruption interruption(List<Attempt> mates) {
        if (!mates.getFirst().isInterruptible()) {
            return null;
        }
        SharedInterruption shared = new SharedInterruption(mates);
        mates.forEach(mate -> mate.share(shared));
        shared.settled();
        return shared.interruption();
    }

    private static Tensor[][] inputs(List<Attempt> mates) {
        Tensor[][] inputs = new Tensor[mates.size()][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = mates.get(i).inputs();
        }
        return inputs;
    }
}
