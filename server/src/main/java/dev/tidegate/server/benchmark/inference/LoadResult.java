package dev.tidegate.server.benchmark.inference;

/** What one measurement gave: answers a second, and latency in microseconds. */
record LoadResult(double rps, double p50, double p99) {

    /** Returns what a child printed: the three figures with a blank between them. */
    static LoadResult parsed(String line) {
        String[] fields = line.strip().split(" ", -1);
        return new LoadResult(
                Double.parseDouble(fields[0]),
                Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]));
    }
}
