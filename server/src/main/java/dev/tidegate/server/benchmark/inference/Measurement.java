package dev.tidegate.server.benchmark.inference;

/**
 * What one turn of one server gave.
 *
 * @param load what the client saw
 * @param cpuMicros processor time of the server a request, with what was behind the replies and its
 *     database, microseconds
 * @param databaseMicros what the database took of that
 */
record Measurement(LoadResult load, double cpuMicros, double databaseMicros) {
    double rps() {
        return load.rps();
    }

    double p50() {
        return load.p50();
    }

    double p99() {
        return load.p99();
    }
}
