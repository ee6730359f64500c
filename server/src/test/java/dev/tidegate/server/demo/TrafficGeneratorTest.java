package dev.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.CommandRun;
import dev.tidegate.server.WholeServer;
import dev.tidegate.server.cli.ServerAddress;
import dev.tidegate.server.cli.ServerConnection;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.inference.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrafficGeneratorTest {
    private static final Duration PACE = Duration.ofMillis(2);

    @TempDir private Path folder;
    private final TallyKeeper tally = new TallyKeeper();
    private WholeServer server;
    private ServerConnection connection;

    @BeforeEach
    void start() throws IOException {
        server = WholeServer.start(folder.resolve("home"));
        connection =
                ServerConnection.open(
                        new ServerAddress("127.0.0.1", server.port()),
                        Optional.empty(),
                        Duration.ofSeconds(30));
        Path graph = Files.write(folder.resolve("plus.onnx"), TestGraph.plus(1));
        assertThat(tidegate("model", "register", "plus", graph.toString(), "--alias", "champion"))
                .satisfies(run -> assertThat(run.code()).as(run.err()).isZero());
    }

    @AfterEach
    void stop() {
        connection.close();
        server.close();
    }

    @Test
    void countsWhatTheServerLogs() throws InterruptedException {
        GrpcTrafficGateway gateway = gateway();

        send(gateway, 40);

        TrafficTally counted = tally.tally(1);
        assertThat(counted.sent()).isEqualTo(counted.answered() + counted.failed());
        assertThat(counted.versions()).isEqualTo(Map.of("1", counted.answered()));
        assertThat(counted.reasons()).containsOnlyKeys("champion");
        List<String> ids = counted.answers().stream().map(TrafficAnswer::id).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize((int) counted.answered());
        for (String id : List.of(ids.getFirst(), ids.getLast())) {
            await().until(() -> tidegate("log", "show", id).code() == 0);
        }
    }

    @Test
    void countsWhatFails() {
        GrpcTrafficGateway gateway = gateway();
        connection.close();

        gateway.send(0, "u1");

        await().until(() -> tally.open() == 0);
        assertThat(tally.tally(1).failed()).isEqualTo(1);
        assertThat(tally.tally(1).problem()).contains("UNAVAILABLE");
    }

    private GrpcTrafficGateway gateway() {
        await().until(() -> tidegate("predict", "plus", "--row", "x=1").code() == 0);
        return new GrpcTrafficGateway(
                connection.channel(), "plus", List.of(row(1), row(2), row(3)), tally);
    }

    private void send(GrpcTrafficGateway gateway, int atLeast) throws InterruptedException {
        TrafficGenerator generator =
                new TrafficGenerator(gateway, tally, PACE, 1000, new SplittableRandom(1));
        Thread sender = Thread.ofPlatform().start(generator);
        await().until(() -> tally.tally(0).answered() >= atLeast);
        generator.stop();
        sender.join();
        await().until(() -> tally.open() == 0);
    }

    private static Row row(int x) {
        return new Row("row", Map.of("x", x));
    }

    private CommandRun tidegate(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 4);
        all[words.length] = "--home";
        all[words.length + 1] = folder.resolve("home").toString();
        all[words.length + 2] = "--output";
        all[words.length + 3] = "json";
        return CommandRun.of(all);
    }
}
