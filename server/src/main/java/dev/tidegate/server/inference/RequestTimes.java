package dev.tidegate.server.inference;

/**
 * Moments of one answered request on the monotonic clock, nanoseconds, in this order.
 *
 * @param begun when the version got the request
 * @param queued when it was read, validated and routed
 * @param due when it waited for no more others to run with; from then on for a thread alone
 * @param started when the graph began
 * @param ended when the graph had ended
 * @param answering when its answer's turn had come, behind those of the requests that ran with it
 * @param answered when the answer was encoded
 */
record RequestTimes(
        long begun,
        long queued,
        long due,
        long started,
        long ended,
        long answering,
        long answered) {

    /**
     * Returns how long it waited for others in its batch: before the run, and for their answers.
     */
    long batchWait() {
        return due - queued + answering - ended;
    }

    /** Returns how long it waited in all: for others in its batch, and for a thread. */
    long queue() {
        return started - queued + answering - ended;
    }
}
