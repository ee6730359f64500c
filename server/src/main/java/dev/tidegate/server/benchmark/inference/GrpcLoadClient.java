package dev.tidegate.server.benchmark.inference;

import java.util.ArrayList;
import java.util.List;

/** The bundled client, asynchronous, in a process of its own; it sees what each call came to. */
record GrpcLoadClient(BenchFolder folder) implements LoadClient {
    @Override
    public String name() {
        return "bundled grpc-java client";
    }

    @Override
    public LoadResult load(Target target, Load load) throws InterruptedException {
        return switch (target) {
            case Target.Grpc grpc -> load(grpc, load);
            case Target.Rest rest ->
                    throw new IllegalStateException(
                            "%s is asked over HTTP/1.1, which takes h2load on the path (Debian: nghttp2-client)"
                                    .formatted(rest.path()));
        };
    }

    private LoadResult load(Target.Grpc target, Load load) throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                Integer.toString(target.port()),
                                Integer.toString(load.concurrency()),
                                Double.toString(load.rate()),
                                Long.toString(load.duration().toSeconds()),
                                folder.message().toString()));
        arguments.addAll(target.headers());
        try (ChildJvm child =
                ChildJvm.start(
                        folder.resolve("load.err"),
                        GrpcLoad.class.getName(),
                        arguments.toArray(String[]::new))) {
            return LoadResult.parsed(child.all());
        }
    }
}
