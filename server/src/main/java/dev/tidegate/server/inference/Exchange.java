package dev.tidegate.server.inference;

import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One routed request until its reply.
 *
 * <p>What fails from here on counts against the arm that was routed. A candidate that fails, is not
 * there, or takes more than half of the deadline off the transport's thread is stood in for by the
 * champion, whose answer counts for nothing. For evidence both arms are judged at half of the
 * deadline; a client that goes away is an error of the arm that it waited for.
 */
public final class Exchange {
    private final Serving serving;
    private final Caller caller;
    private final Prediction prediction;
    private @Nullable Verdict verdict;
    private @Nullable Future<?> alarm;
    private volatile @Nullable Attempt attempt;

    Exchange(Serving serving, Caller caller, Prediction prediction) {
        this.serving = serving;
        this.caller = caller;
        this.prediction = prediction;
    }

    Prediction prediction() {
        return prediction;
    }

    UUID predictionId() {
        return prediction.id();
    }

    long now() {
        return serving.now();
    }

    /** Refuses to begin what nobody waits for any more. */
    void requireTimeLeft(long now) {
        if (now - prediction.deadline() >= 0) {
            throw new TidegateException(
                    ErrorCode.DEADLINE_EXCEEDED, "the deadline passed before the model could run");
        }
    }

    /** Runs the routed version on the transport's thread when it is fast, on a worker otherwise. */
    void start(@Nullable LoadedVersion routed) {
        if (routed == null) {
            verdict = new Verdict(Outcome.FAILED, "the version is not in memory", 0, 0);
            standIn();
        } else if (serving.isFast(routed)) {
            serving.runOnLoop(attempt(routed, null), caller.loop());
        } else {
            enqueue(routed, prediction.arm(), prediction.isCandidates());
        }
    }

    private Attempt attempt(LoadedVersion version, @Nullable Interruption interruption) {
        Attempt next = new Attempt(this, version, interruption, now());
        attempt = next;
        return next;
    }

    private void enqueue(LoadedVersion version, Arm arm, boolean limited) {
        Attempt next = attempt(version, new Interruption(prediction.deadline()));
        version.counters().queued();
        try {
            serving.workers().execute(arm, next);
        } catch (TidegateException e) {
            next.abandon();
            if (next.settle()) {
                failed(next, e);
            }
            return;
        }
        if (limited) {
            alarm = serving.workers().after(prediction.judged() - now(), () -> late(next));
        }
    }

    void succeeded(Attempt ended, int[] wanted, Tensor[] outputs) {
        boolean stoodIn = verdict != null;
        RouteReason reason = stoodIn ? RouteReason.FAILOVER : prediction.reason();
        byte[] response;
        try {
            response =
                    serving.encode(
                            prediction, new Answer(ended.version(), reason, wanted, outputs));
        } catch (RuntimeException e) {
            failed(ended, e);
            return;
        }
        stopAlarm();
        long answered = now();
        serving.traced().ran(prediction, ended, ended.endedAt(), "");
        ended.version()
                .counters()
                .succeeded(
                        ended.times(begun(ended), answered),
                        rows(ended),
                        prediction.id(),
                        prediction.at());
        if (!stoodIn) {
            boolean late = answered - prediction.judged() >= 0;
            verdict = Verdict.of(late ? Outcome.LATE : Outcome.OK, "", ended);
        }
        serving.reply(caller, prediction, judged(ended), ended.version(), response);
    }

    void failed(Attempt ended, RuntimeException failure) {
        stopAlarm();
        countFailure(ended, FailureReason.of(failure));
        serving.traced().ran(prediction, ended, ended.endedAt(), serving.describe(failure));
        if (verdict == null) {
            verdict = Verdict.of(Outcome.FAILED, serving.describe(failure), ended);
            if (prediction.isCandidates()) {
                standIn();
                return;
            }
        }
        serving.fail(caller, prediction, judged(ended), serving.failure(ended.version(), failure));
    }

    private void late(Attempt running) {
        if (running.settle()) {
            running.interrupt();
            countFailure(running, FailureReason.OTHER);
            verdict = Verdict.of(Outcome.LATE, "unfinished at half of the deadline", running);
            serving.traced().ran(prediction, running, now(), "unfinished at half of the deadline");
            serving.workers().executeBriefly(this::standIn);
        }
    }

    private void standIn() {
        LoadedVersion champion = serving.versions().acquire(prediction.championId());
        if (champion == null) {
            serving.fail(
                    caller,
                    prediction,
                    Objects.requireNonNull(verdict),
                    TidegateException.unavailable(
                            "the candidate failed and the champion is not in memory"));
        } else if (serving.isFast(champion)) {
            attempt(champion, null).run();
        } else {
            enqueue(champion, Arm.CHAMPION, false);
        }
    }

    /** Ends the call as well as it can be ended; what was to be recorded is. */
    void giveUp(RuntimeException failure) {
        caller.fail(failure);
    }

    /** The client went away, or its deadline passed. */
    public void cancel() {
        Attempt running = attempt;
        if (running != null && running.settle()) {
            stopAlarm();
            running.interrupt();
            countFailure(running, FailureReason.CANCELED);
            serving.traced().ran(prediction, running, now(), "cancelled by the client");
            if (verdict == null) {
                verdict = Verdict.of(Outcome.OK, "", running).cancelled();
            }
            serving.leave(prediction, judged(running));
        }
    }

    private void countFailure(Attempt failed, FailureReason reason) {
        failed.version().counters().failed(reason, now() - begun(failed));
    }

    /** Returns when the version got the request: a champion that stands in got it later. */
    private long begun(Attempt run) {
        boolean routed = run.version().id() == prediction.routedVersionId();
        return routed ? prediction.arrival() : run.queuedAt();
    }

    private long rows(Attempt run) {
        return run.version().plan().rows(prediction.inputs().tensors());
    }

    private Verdict judged(Attempt ended) {
        Verdict known = verdict;
        return known == null ? Verdict.of(Outcome.FAILED, "", ended) : known;
    }

    private void stopAlarm() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }
}
