package dev.tidegate.server.inference.onnx;

import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hands memory that closed sessions have freed back to the machine: the C library keeps it for the
 * process otherwise. That takes milliseconds in which other threads may wait for memory, so it is
 * done now and then and not for each session.
 */
@Singleton
final class MemoryTrim implements Startup, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final OnnxRuntime runtime;
    private int seen;
    private @Nullable PeriodicTask task;

    MemoryTrim(OnnxRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public int getOrder() {
        return CONTROLLERS;
    }

    @Override
    public void start() {
        task = PeriodicTask.start("memory-trim", PERIOD, this::trim);
    }

    /** Returns whether sessions were closed since the last time, which was reason to trim. */
    boolean trim() {
        int closed = runtime.closedSessions();
        boolean due = closed != seen;
        if (due) {
            seen = closed;
            runtime.trimMemory();
        }
        return due;
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask started = task;
        if (started != null) {
            started.close();
        }
    }
}
