package dev.tidegate.server.inference;

import dev.tidegate.server.journal.Outcome;

/**
 * How the routed arm fared.
 *
 * @param error empty when nothing failed
 * @param queueNanos waiting for a thread
 * @param computeNanos running
 */
record Verdict(Outcome outcome, String error, long queueNanos, long computeNanos) {

    static Verdict of(Outcome outcome, String error, Attempt attempt) {
        return new Verdict(outcome, error, attempt.queueNanos(), attempt.computeNanos());
    }

    Verdict failed(String what) {
        return outcome == Outcome.OK
                ? new Verdict(Outcome.FAILED, what, queueNanos, computeNanos)
                : this;
    }

    Verdict cancelled() {
        return new Verdict(Outcome.CANCELLED, "cancelled by the client", queueNanos, computeNanos);
    }
}
