package dev.tidegate.server.inference;

/**
 * Moments of one answered request on the monotonic clock, nanoseconds, in this order.
 *
 * @param begun when the version got the request
 * @param queued when it was read, validated and routed
 * @param started when the graph began
 * @param ended when the graph had ended
 * @param answering when its answer's turn had come, behind those of the requests that ran with it
 * @param answered when the answer was encoded
 */
record RequestTimes(
        long begun, long queued, long started, long ended, long answering, long answered) {}
