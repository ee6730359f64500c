package dev.tidegate.server.benchmark.inference;

import java.nio.file.Path;
import java.time.Duration;

/** Keeps a number of requests in flight for a time. One table has figures of one client only. */
sealed interface LoadClient permits H2LoadClient, GrpcLoadClient {

    /** More than this many connections are not opened; each then carries several requests. */
    int CONNECTIONS = 8;

    LoadResult load(int port, int concurrency, Duration duration) throws InterruptedException;

    /** Returns its name for the table. */
    String name();

    /** Returns h2load when it is on the path, the bundled client otherwise. */
    static LoadClient choose(Path directory, Path framed, Path message) {
        return H2LoadClient.isThere()
                ? new H2LoadClient(directory, framed)
                : new GrpcLoadClient(directory, message);
    }
}
