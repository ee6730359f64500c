package dev.tidegate.server.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The client of the story, in a process of its own. */
final class DemoTraffic {
    static final int REQUESTS_A_SECOND = 300;
    static final int UNITS = 100_000;
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Path tally;
    private final Path log;

    private DemoTraffic(Process process, Path tally, Path log) {
        this.process = process;
        this.tally = tally;
        this.log = log;
    }

    static DemoTraffic start(Children children, DemoServer server, Path rows, Path folder) {
        Path tally = folder.resolve("tally.json");
        Path log = folder.resolve("traffic.log");
        List<String> words =
                List.of(
                        "demo-traffic",
                        "--port",
                        Integer.toString(server.address().port()),
                        "--model",
                        DemoVersion.MODEL,
                        "--in",
                        rows.toString(),
                        "--tally",
                        tally.toString(),
                        "--rate",
                        Integer.toString(REQUESTS_A_SECOND),
                        "--units",
                        Integer.toString(UNITS));
        return new DemoTraffic(
                children.tidegate(List.of("-XX:+UseSerialGC", "-Xmx256m"), words, log), tally, log);
    }

    /** Fails when the client has ended, which it never does by itself. */
    void requireRunning() {
        if (!process.isAlive()) {
            throw TidegateException.unavailable(
                    "the traffic generator has ended with code %d; see %s"
                            .formatted(process.exitValue(), log));
        }
    }

    /** Lets the client send no more and returns what it has counted. */
    TrafficTally stop() throws InterruptedException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    || process.exitValue() != 0) {
                throw TidegateException.unavailable(
                        "the traffic generator left no tally; see " + log);
            }
            return JsonMapper.builder().build().readValue(tally.toFile(), TrafficTally.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the traffic generator's tally cannot be read", e);
        }
    }
}
