package dev.tidegate.server.benchmark.inference;

/** Asks for a time. One table has figures of one client only. */
sealed interface LoadClient permits H2LoadClient, GrpcLoadClient {

    /** More than this many connections are not opened for gRPC; each then carries several calls. */
    int CONNECTIONS = 8;

    /** Asks, and returns what came; failed requests are counted. */
    LoadResult load(Target target, Load load) throws InterruptedException;

    /** Returns its name for the table. */
    String name();

    /** Returns h2load when it is on the path, the bundled client otherwise. */
    static LoadClient choose(BenchFolder folder) {
        return H2LoadClient.isThere() ? new H2LoadClient(folder) : new GrpcLoadClient(folder);
    }
}
