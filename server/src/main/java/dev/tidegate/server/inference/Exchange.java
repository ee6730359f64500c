package dev.tidegate.server.inference;

import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One routed request until its reply.
 *
 * <p>What fails from here on counts against the arm that was routed. A candidate that fails, is not
 * there, or takes more than half of the deadline off the transport's thread is stood in for by the
 * champion, whose answer counts for nothing; for a champion that fails, the rungs of the model's
 * ladder stand in. For evidence both arms are judged at half of the deadline; a client that goes
 * away is an error of the arm that it waited for.
 */
public final class Exchange {
    private final Serving serving;
    private final Caller caller;
    private final Prediction prediction;
    private Rung rung = Rung.ROUTED;
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

    /** Returns the key of its entry in the prediction log. */
    public UUID predictionId() {
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
            descend(TidegateException.unavailable("the routed version is not in memory"));
        } else if (serving.isFast(routed, rows(routed))) {
            serving.runOnLoop(attempt(routed, null), caller.loop());
        } else {
            enqueue(routed, prediction.arm());
        }
    }

    private Attempt attempt(LoadedVersion version, @Nullable Interruption interruption) {
        Attempt next = new Attempt(this, version, interruption, now());
        attempt = next;
        return next;
    }

    private void enqueue(LoadedVersion version, Arm arm) {
        Attempt next =
                attempt(version, new Interruption(prediction.deadline(), prediction.trace()));
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
        long patience = patience();
        if (patience < Long.MAX_VALUE) {
            alarm = serving.workers().after(patience - now(), () -> late(next));
        }
    }

    /**
     * Returns until when this rung may run, nanoseconds of the monotonic clock: a candidate half of
     * the deadline, and each rung that has one below it half of what is left.
     */
    private long patience() {
        if (rung.below(isCandidates(), ladder()) == Rung.NONE || isPinned()) {
            return Long.MAX_VALUE;
        }
        long half = prediction.deadline() - prediction.judged();
        return switch (rung) {
            case ROUTED ->
                    prediction.isCandidates()
                            ? prediction.judged()
                            : prediction.judged() + half / 2;
            case CHAMPION -> prediction.judged() + half / 2;
            case VERSION -> prediction.judged() + half / 2 + half / 4;
            case RULES, NONE -> Long.MAX_VALUE;
        };
    }

    private boolean isCandidates() {
        return prediction.isCandidates();
    }

    private boolean isPinned() {
        return prediction.reason() == RouteReason.PINNED;
    }

    private Ladder ladder() {
        return serving.ladders().of(prediction.modelId());
    }

    void succeeded(Attempt ended, int[] wanted, Tensor[] outputs) {
        boolean stoodIn = verdict != null;
        RouteReason reason = reason();
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
                        rows(ended.version()),
                        prediction.id(),
                        prediction.at());
        if (!stoodIn) {
            boolean late = answered - prediction.judged() >= 0;
            verdict = Verdict.of(late ? Outcome.LATE : Outcome.OK, "", ended);
        }
        countSubstitute();
        serving.reply(caller, prediction, judged(ended), ended.version().id(), reason, response);
    }

    /** Returns why the rung that answers does. */
    private RouteReason reason() {
        return switch (rung) {
            case ROUTED -> prediction.reason();
            case CHAMPION -> RouteReason.FAILOVER;
            case VERSION -> RouteReason.FALLBACK_VERSION;
            case RULES, NONE -> RouteReason.FALLBACK_RULES;
        };
    }

    private void countSubstitute() {
        if (rung != Rung.ROUTED) {
            serving.substitutes().answered(prediction.wire().version().model(), rung);
        }
    }

    void failed(Attempt ended, RuntimeException failure) {
        stopAlarm();
        countFailure(ended, FailureReason.of(failure));
        serving.traced()
                .ran(prediction, ended, ended.endedAt(), serving.describe(prediction, failure));
        if (verdict == null) {
            verdict = Verdict.of(Outcome.FAILED, serving.describe(prediction, failure), ended);
        }
        RuntimeException told = serving.failure(ended.version(), failure);
        boolean hopeless = now() - prediction.deadline() >= 0 || isCallers(failure);
        if (hopeless && !(rung == Rung.ROUTED && isCandidates())) {
            serving.fail(caller, prediction, judged(ended), told);
        } else {
            descend(told);
        }
    }

    /** Returns whether the request itself is wrong, and would be for whoever else is asked. */
    private static boolean isCallers(RuntimeException failure) {
        return failure instanceof TidegateException known && known.code().kind() == ErrorKind.USER;
    }

    private void late(Attempt running) {
        if (running.settle()) {
            running.interrupt();
            countFailure(running, FailureReason.OTHER);
            String what =
                    rung == Rung.ROUTED && isCandidates()
                            ? "unfinished at half of the deadline"
                            : "unfinished when it was the next rung's turn";
            if (verdict == null) {
                verdict = Verdict.of(Outcome.LATE, what, running);
            }
            serving.traced().ran(prediction, running, now(), what);
            TidegateException told =
                    new TidegateException(
                            ErrorCode.DEADLINE_EXCEEDED,
                            running.version().version().label() + " did not answer in time");
            serving.workers().executeBriefly(() -> descend(told));
        }
    }

    /** Asks the next rung; when there is none, what happened last is told. */
    private void descend(RuntimeException failure) {
        rung = isPinned() ? Rung.NONE : rung.below(isCandidates(), ladder());
        switch (rung) {
            case CHAMPION -> standIn(prediction.championId(), failure);
            case VERSION -> standIn(ladder().versionId().orElseThrow(), failure);
            case RULES -> serving.workers().executeBriefly(() -> answerByRules(failure));
            case ROUTED, NONE -> fail(failure);
        }
    }

    private void fail(RuntimeException failure) {
        if (ladder().isSet()) {
            countSubstitute();
        }
        serving.fail(caller, prediction, Objects.requireNonNull(verdict), failure);
    }

    private void standIn(long versionId, RuntimeException failure) {
        LoadedVersion version = isTried(versionId) ? null : serving.versions().acquire(versionId);
        Optional<String> misfit = version == null ? Optional.empty() : misfit(version);
        if (version == null) {
            descend(
                    rung == Rung.CHAMPION
                            ? TidegateException.unavailable(
                                    "the candidate failed and the champion is not in memory")
                            : failure);
        } else if (misfit.isPresent()) {
            String label = version.version().label();
            version.release();
            descend(besides(failure, label + " cannot stand in: " + misfit.get()));
        } else if (serving.isFast(version, rows(version))) {
            attempt(version, null).run();
        } else {
            enqueue(version, Arm.CHAMPION);
        }
    }

    /** Returns why the ladder's version cannot be asked what the champion was. */
    private Optional<String> misfit(LoadedVersion version) {
        if (rung != Rung.VERSION) {
            return Optional.empty();
        }
        return ladder().misfit(prediction.wire().version(), version.version());
    }

    private TidegateException besides(RuntimeException failure, String why) {
        return new TidegateException(
                failure instanceof TidegateException known ? known.code() : ErrorCode.INTERNAL,
                "%s; and %s".formatted(Serving.text(failure), why),
                failure);
    }

    private boolean isTried(long versionId) {
        return versionId == prediction.routedVersionId()
                || (rung == Rung.VERSION && versionId == prediction.championId());
    }

    private void answerByRules(RuntimeException failure) {
        try {
            byte[] response = serving.encode(prediction, byRules());
            countSubstitute();
            serving.reply(
                    caller,
                    prediction,
                    Objects.requireNonNull(verdict),
                    0,
                    RouteReason.FALLBACK_RULES,
                    response);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            descend(besides(failure, Serving.text(e)));
        }
    }

    private Answer byRules() {
        Prediction.Wire wire = prediction.wire();
        Tensor[] inputs = prediction.inputs().tensors();
        int[] wanted = wire.plan().wanted(prediction.outputs());
        int rows = Math.toIntExact(wire.plan().rows(inputs));
        return Answer.ofRules(
                wire.version(),
                wanted,
                ladder().rules(wire.version()).answer(inputs, rows, wanted));
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

    private long rows(LoadedVersion version) {
        return version.plan().rows(prediction.inputs().tensors());
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
