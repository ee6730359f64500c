package dev.tidegate.server.benchmark.inference;

import java.nio.file.Path;
import java.time.Duration;

/** The bundled client, asynchronous, in a process of its own. */
record GrpcLoadClient(Path directory, Path message) implements LoadClient {
    @Override
    public String name() {
        return "bundled grpc-java client";
    }

    @Override
    public LoadResult load(int port, int concurrency, Duration duration)
            throws InterruptedException {
        try (ChildJvm child =
                ChildJvm.start(
                        directory.resolve("load.err"),
                        GrpcLoad.class.getName(),
                        Integer.toString(port),
                        Integer.toString(concurrency),
                        Long.toString(duration.toSeconds()),
                        message.toString())) {
            return LoadResult.parsed(child.all());
        }
    }
}
