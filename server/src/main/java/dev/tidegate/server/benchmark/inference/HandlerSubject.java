package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.inference.onnx.bare.BareServer;
import dev.tidegate.server.inference.onnx.bare.EchoServer;
import dev.tidegate.server.inference.onnx.bare.TunedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A handler that somebody wrote by hand on grpc-java; nothing is behind its replies. */
final class HandlerSubject implements Subject {
    private final String name;
    private final Path counts;
    private final Path errors;
    private final ChildJvm server;
    private final Target.Grpc grpc;

    private HandlerSubject(String name, Path counts, Path errors, ChildJvm server) {
        this.name = name;
        this.counts = counts;
        this.errors = errors;
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

    /**
     * Returns gRPC alone: no model, and the same answer to whatever is asked.
     *
     * @param score that it answers
     */
    static HandlerSubject echo(BenchFolder folder, float score) {
        return start(folder, "echo", EchoServer.class, Float.toString(score));
    }

    private static HandlerSubject start(
            BenchFolder folder, String name, Class<?> program, String... more) {
        Path counts = folder.resolve(name + ".port");
        Path errors = folder.resolve(name + ".err");
        return new HandlerSubject(
                name,
                counts,
                errors,
                ChildJvm.startCounted(
                        errors,
                        counts,
                        Map.of(),
                        program.getName(),
                        Stream.concat(Stream.of(folder.model().toString()), Stream.of(more))
                                .toArray(String[]::new)));
    }

    @Override
    public long failures() {
        try (Stream<String> lines = Files.lines(errors)) {
            return lines.filter(line -> line.startsWith(BareServer.FAILED)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(errors + " cannot be read", e);
        }
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
