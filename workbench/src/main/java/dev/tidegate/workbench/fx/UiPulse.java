package dev.tidegate.workbench.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.util.Subscription;

/**
 * Drains live values to the screen.
 *
 * <p>Producers put values into valves from any thread. At each tick the valves whose cadence is due
 * are drained in one batch on the JavaFX thread, each with its newest value only. While a batch has
 * not run yet no second one is queued, so a slow screen costs freshness and never memory. A hidden
 * window or a paused view drains nothing.
 */
public final class UiPulse {
    /** Finer than the fastest cadence, so that cadences keep their pace. */
    private static final long TICK_MILLIS = 50;

    private final Executor screen;
    private final Lane values = new Lane(Cadence.VALUES);
    private final Lane charts = new Lane(Cadence.CHARTS);
    private final Lane clock = new Lane(Cadence.CLOCK);
    private final AtomicBoolean batchQueued = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean hidden;
    private volatile boolean paused;

    public UiPulse(Executor screen) {
        this.screen = screen;
    }

    /** Starts ticking on the given clock; the returned subscription stops it. */
    public Subscription start(ScheduledExecutorService timer) {
        var ticking =
                timer.scheduleAtFixedRate(
                        () -> tick(System.nanoTime()),
                        TICK_MILLIS,
                        TICK_MILLIS,
                        TimeUnit.MILLISECONDS);
        return () -> ticking.cancel(false);
    }

    /** A new valve that shows its newest value at the cadence. */
    public <T> Valve<T> valve(Cadence cadence, Consumer<T> sink) {
        List<Valve<?>> siblings = lane(cadence).valves;
        Valve<T> valve = new Valve<>(sink, dropped, siblings::remove);
        siblings.add(valve);
        return valve;
    }

    /** Runs the action on the screen at every due tick, also while nothing arrives. */
    public Subscription onBeat(Cadence cadence, Runnable action) {
        List<Runnable> siblings = lane(cadence).beats;
        siblings.add(action);
        return () -> siblings.remove(action);
    }

    /** Values replaced before anybody could see them, since the start. */
    public long droppedValues() {
        return dropped.sum();
    }

    public void setHidden(boolean hidden) {
        this.hidden = hidden;
    }

    public void setPaused(boolean paused) {
        this.paused = paused;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Queues one batch with everything due at this time (nanoseconds of a monotonic clock). */
    public void tick(long nanos) {
        if (hidden || !batchQueued.compareAndSet(false, true)) {
            return;
        }
        List<Runnable> batch = due(nanos);
        if (batch.isEmpty()) {
            batchQueued.set(false);
            return;
        }
        screen.execute(
                () -> {
                    batchQueued.set(false);
                    batch.forEach(Runnable::run);
                });
    }

    private List<Runnable> due(long nanos) {
        List<Runnable> batch = new ArrayList<>();
        Stream.of(values, charts, clock)
                .filter(lane -> lane.isDue(nanos))
                .forEach(
                        lane -> {
                            batch.addAll(lane.beats);
                            if (!paused) {
                                lane.valves.stream()
                                        .filter(Valve::isFilled)
                                        .forEach(valve -> batch.add(valve::drain));
                            }
                        });
        return batch;
    }

    private Lane lane(Cadence cadence) {
        return switch (cadence) {
            case VALUES -> values;
            case CHARTS -> charts;
            case CLOCK -> clock;
        };
    }

    /** What is shown at one cadence. */
    private static final class Lane {
        final List<Valve<?>> valves = new CopyOnWriteArrayList<>();
        final List<Runnable> beats = new CopyOnWriteArrayList<>();
        private final long period;
        private long due = Long.MIN_VALUE;

        Lane(Cadence cadence) {
            period = cadence.period().toNanos();
        }

        /** Whether its time has come; if so the next time is a period later. */
        boolean isDue(long nanos) {
            if (nanos < due) {
                return false;
            }
            due = nanos + period;
            return true;
        }
    }
}
