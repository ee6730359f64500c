package dev.tidegate.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.server.CommandRun;
import dev.tidegate.server.inference.onnx.TestGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in the middle of a batch job. */
final class BatchKillTest {
    private static final int ROWS = 300;

    /** So many turns of a loop for each row that a kill comes between two of them. */
    private static final int TURNS = 20_000;

    private static final Duration LONG = Duration.ofMinutes(3);

    @Test
    void answersEveryRowOnceWhenItsServerIsKilledAndComesBack(@TempDir Path folder)
            throws IOException {
        Path home = folder.resolve("home");
        Path config = Files.writeString(folder.resolve("c.yaml"), "tidegate.batch.rows: 1\n");
        ServerProcess server = ServerProcess.start(home, "--config", config.toString());
        String id;
        try {
            new ControlClient(server).register("1", TestGraph.plusThatTakesItsTime(), "champion");
            id = submitted(home, rows(folder));
            await().atMost(LONG).until(() -> job(home, id).path("rows").asInt() > 0);
            assertThat(job(home, id).path("state").asText()).isEqualTo("running");
        } finally {
            server.kill();
        }
        try (ServerProcess next = ServerProcess.start(home, "--config", config.toString())) {
            assertThat(next.http()).isPositive();
            await().atMost(LONG)
                    .until(() -> job(home, id).path("state").asText().equals("succeeded"));
            assertThat(job(home, id).path("rows").asInt()).isEqualTo(ROWS);
            assertThat(job(home, id).path("attempts").asInt()).isEqualTo(2);
            requireEachRowOnce(home, id, folder.resolve("scored.csv"));
        }
    }

    private static Path rows(Path folder) throws IOException {
        return Files.write(
                folder.resolve("rows.csv"),
                IntStream.rangeClosed(0, ROWS)
                        .mapToObj(i -> i == 0 ? "customer,x" : "c" + i + "," + (TURNS + i))
                        .toList());
    }

    private static void requireEachRowOnce(Path home, String id, Path out) throws IOException {
        assertThat(tidegate(home, "batch", "result", id, "--out", out.toString()).code()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(ROWS + 1);
        for (int i = 1; i <= ROWS; i++) {
            String[] cells = lines.get(i).split(",", -1);
            assertThat(cells).hasSize(4).startsWith("" + i, "c" + i).endsWith("");
            assertThat(Double.parseDouble(cells[2])).isEqualTo(TURNS + i);
        }
    }

    private static String submitted(Path home, Path in) {
        CommandRun run =
                tidegate(
                        home,
                        "predict",
                        "--model",
                        "m",
                        "--in",
                        in.toString(),
                        "--keep",
                        "customer",
                        "--detach");
        assertThat(run.code()).as(run.err()).isZero();
        return run.json().path("id").asText();
    }

    private static JsonNode job(Path home, String id) {
        return tidegate(home, "batch", "show", id).json();
    }

    private static CommandRun tidegate(Path home, String... arguments) {
        return CommandRun.of(
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--home", home.toString(), "--output", "json"))
                        .toArray(String[]::new));
    }
}
