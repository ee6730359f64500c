package dev.tidegate.workbench;

import dev.tidegate.workbench.connection.Backoff;
import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.connection.Silence;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.fx.UiPulse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;

/**
 * A view-model's surroundings without a toolkit: one thread stands for the screen, and the pulse
 * ticks on it. What runs there sees and changes view-models as the JavaFX thread does.
 */
public final class TestClient implements AutoCloseable {
    static {
        // A busy machine may starve a test for long; what never comes fails all the same.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    private final ScheduledExecutorService screen =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("test-screen").factory());
    private final UiPulse pulse = new UiPulse(screen);
    private final Connection connection;

    public TestClient(int port) {
        connection = Connection.open(new ServerAddress("127.0.0.1", port), Optional.of("key"));
        var unused = pulse.start(screen);
    }

    public Connection connection() {
        return connection;
    }

    public UiPulse pulse() {
        return pulse;
    }

    public ScheduledExecutorService screen() {
        return screen;
    }

    /**
     * Streams that come back within milliseconds, and wait for a test's server as long as it likes.
     */
    public Streams streams() {
        return streams(new Silence(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    /** Streams that come back within milliseconds, also after so much silence. */
    public Streams streams(Silence silence) {
        Backoff quick =
                new Backoff(Duration.ofMillis(5), Duration.ofMillis(50), new SplittableRandom(1));
        return new Streams(quick, silence, screen, Clock.systemUTC(), connection::reconnectNow);
    }

    /** Runs on the screen's thread and returns what it returned. */
    public <T> T onScreen(Callable<T> work) {
        try {
            return screen.submit(work).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The screen's thread failed", e);
        }
    }

    @Override
    public void close() {
        connection.close();
        screen.shutdownNow();
    }
}
