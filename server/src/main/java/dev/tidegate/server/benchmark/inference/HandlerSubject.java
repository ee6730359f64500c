package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.inference.onnx.bare.BareServer;
import dev.tidegate.server.inference.onnx.bare.TunedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A handler that somebody wrote by hand on grpc-java; nothing is behind its replies. */
final class HandlerSubject implements Subject {
    private final String name;
    private final Path counts;
    private final ChildJvm server;
    private final Target.Grpc grpc;

    private HandlerSubject(String name, Path counts, ChildJvm server) {
        this.name = name;
        this.counts = counts;
        this.server = server;
        this.grpc = new Target.Grpc(Integer.parseInt(server.line()), List.of());
    }

    /** Returns a handler as it is written first. */
    static HandlerSubject plain(BenchFolder folder) {
        return start(folder, "plain", BareServer.class);
    }

    /** Returns a handler by somebody who knows both libraries. */
    static HandlerSubject tuned(BenchFolder folder) {
        return start(folder, "tuned", TunedServer.class);
    }

    private static HandlerSubject start(BenchFolder folder, String name, Class<?> program) {
        Path counts = folder.resolve(name + ".port");
        return new HandlerSubject(
                name,
                counts,
                ChildJvm.startCounted(
                        folder.resolve(name + ".err"),
                        counts,
                        Map.of(),
                        program.getName(),
                        folder.model().toString()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Target.Grpc grpc() {
        return grpc;
    }

    @Override
    public Allocations allocations() throws IOException {
        return Allocations.ask(counts);
    }

    @Override
    public long cpuNanos() {
        return server.cpuNanos();
    }

    @Override
    public void settle() {
        // Its last reply was its last work.
    }

    @Override
    public void close() {
        server.close();
    }
}
