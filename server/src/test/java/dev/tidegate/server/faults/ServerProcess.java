package dev.tidegate.server.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.Tidegate;
import dev.tidegate.server.platform.storage.StorageLocation;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code tidegate serve} in a process of its own. */
final class ServerProcess implements AutoCloseable {
    private final Path home;
    private final Process process;
    private final JsonNode ready;
    private final ManagedChannel channel;

    private ServerProcess(Path home, Process process, JsonNode ready) {
        this.home = home;
        this.process = process;
        this.ready = ready;
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", ready.get("grpc").asInt())
                        .usePlaintext()
                        .build();
    }

    /** Starts a server in the home and returns when it takes calls. */
    static ServerProcess start(Path home, String... flags) throws IOException {
        Process process = launch(home, flags);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IOException(
                    "the server did not start: " + Files.readString(home.resolve("server.log")));
        }
        return new ServerProcess(home, process, JsonMapper.builder().build().readTree(line));
    }

    /** Starts a server that must not come up; returns what it said, with its exit code. */
    static Refusal startRefused(Path home, String... flags) throws Exception {
        Process process = launch(home, flags);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server still runs after 60 s");
        }
        return new Refusal(process.exitValue(), Files.readString(home.resolve("server.log")));
    }

    private static Process launch(Path home, String... flags) throws IOException {
        Files.createDirectories(home);
        return new ProcessBuilder(command(home, flags))
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(home.resolve("server.log").toFile()))
                .start();
    }

    /** How a server that did not start ended. */
    record Refusal(int code, String said) {}

    private static List<String> command(Path home, String... flags) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Tidegate.class.getName(),
                                "serve",
                                "--home",
                                home.toString(),
                                "--http-port=0",
                                "--grpc-port=0",
                                "--management-port=0"));
        command.addAll(List.of(flags));
        return command;
    }

    /** Returns a channel without a key. */
    ManagedChannel channel() {
        return channel;
    }

    /** Returns what puts the first admin key on calls. */
    io.grpc.ClientInterceptor adminKey() {
        try {
            Metadata headers = new Metadata();
            headers.put(
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                    "Bearer " + Files.readString(home.resolve("admin-key")).strip());
            return MetadataUtils.newAttachHeadersInterceptor(headers);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("no admin key in " + home, e);
        }
    }

    /** Returns where the server's own PostgreSQL is now. */
    StorageLocation storage() throws IOException {
        Path postgres = home.resolve("postgres");
        String port = Files.readAllLines(postgres.resolve("data/postmaster.pid")).get(3).strip();
        return new StorageLocation(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "tidegate",
                Files.readString(postgres.resolve("password")).strip());
    }

    int http() {
        return ready.get("http").asInt();
    }

    /** Ends it as a crash would: no handler of it runs. */
    void kill() {
        process.destroyForcibly();
        end(20);
        channel.shutdownNow();
    }

    /** Ends it as an operator would, while clients go on asking; returns its exit code. */
    int terminate() {
        process.destroy();
        end(40);
        return process.exitValue();
    }

    /** Ends it as an operator would. */
    @Override
    public void close() {
        channel.shutdownNow();
        process.destroy();
        end(40);
    }

    private void end(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server still runs after " + seconds + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
