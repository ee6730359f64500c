package dev.tidegate.server.benchmark.inference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that was started by its launcher.
 *
 * @param server its process
 * @param http port
 * @param untilReady from the start of the process to its ready line
 * @param begun when it was started, nanoseconds of the monotonic clock
 */
record StartedServer(ChildJvm server, int http, Duration untilReady, long begun)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Starts it and returns at its ready line. */
    static StartedServer start(StartPlace place, List<String> more) throws IOException {
        long begun = System.nanoTime();
        ChildJvm server = place.serve(more);
        String ready = server.line();
        return new StartedServer(
                server,
                JsonMapper.builder().build().readTree(ready).path("http").asInt(),
                Duration.ofNanos(System.nanoTime() - begun),
                begun);
    }

    /** Returns how long after the start each of the models was ready. */
    Duration untilServing(List<String> models) throws IOException, InterruptedException {
        for (String model : models) {
            while (!isServing(model)) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "%s is not ready %d s after the start"
                                    .formatted(model, PATIENCE.toSeconds()));
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean isServing(String model) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:%d/v2/models/%s/ready".formatted(http, model))
                                .toURL()
                                .openConnection();
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    @Override
    public void close() {
        server.close();
    }
}
