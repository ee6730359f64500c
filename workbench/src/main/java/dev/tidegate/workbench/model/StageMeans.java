package dev.tidegate.workbench.model;

/** Where the time of one version's answered requests went on average, microseconds a request. */
record StageMeans(
        String version,
        long requests,
        double readMicros,
        double queueMicros,
        double computeMicros,
        double encodeMicros) {

    /** Returns the means of the requests between two moments; NaN when there were none. */
    static StageMeans between(StageTotals then, StageTotals now) {
        long requests = now.requests() - then.requests();
        return new StageMeans(
                now.version(),
                requests,
                mean(now.readNanos() - then.readNanos(), requests),
                mean(now.queueNanos() - then.queueNanos(), requests),
                mean(now.computeNanos() - then.computeNanos(), requests),
                mean(now.encodeNanos() - then.encodeNanos(), requests));
    }

    private static double mean(long nanos, long requests) {
        return requests == 0 ? Double.NaN : nanos / 1e3 / requests;
    }

    double totalMicros() {
        return readMicros + queueMicros + computeMicros + encodeMicros;
    }
}
