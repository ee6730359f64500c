package dev.tidegate.server.inference;

import com.sun.management.OperatingSystemMXBean;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How much of the machine's memory versions may take together, and how much they have taken. */
@Singleton
final class MemoryBudget {
    /** Part of what the heap leaves of the machine that is versions' by default. */
    private static final int DEFAULT_PART = 2;

    /** Milliseconds. */
    private static final int MOMENT = 50;

    private final long limit;

    /** Guarded by this, which is told when it shrinks. */
    private long taken;

    /** Part of what is taken that comes back when the last requests are done; guarded by this. */
    private long leaving;

    MemoryBudget(InferenceConfig config) {
        this.limit = config.memoryBytes() > 0 ? config.memoryBytes() : ofThisMachine();
    }

    private static long ofThisMachine() {
        OperatingSystemMXBean machine =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long beside = machine.getTotalMemorySize() - Runtime.getRuntime().maxMemory();
        return Math.max(machine.getTotalMemorySize() / 8, beside / DEFAULT_PART);
    }

    /** Returns how many bytes all versions may have, but for those that routes name. */
    long limit() {
        return limit;
    }

    synchronized long taken() {
        return taken;
    }

    /** Returns the share when it fits beside the others; empty otherwise. */
    synchronized Optional<MemoryShare> take(long bytes) {
        return bytes <= limit - taken ? Optional.of(exceed(bytes)) : Optional.empty();
    }

    /** Returns the share whether it fits or not. */
    synchronized MemoryShare exceed(long bytes) {
        taken += bytes;
        return new MemoryShare(this, bytes);
    }

    /** Returns whether so much will fit once all that leaves has left. */
    synchronized boolean willFit(long bytes) {
        return bytes <= limit - taken + leaving;
    }

    synchronized void leave(long bytes) {
        leaving += bytes;
    }

    synchronized void giveBack(long bytes, boolean left) {
        taken -= bytes;
        leaving -= left ? bytes : 0;
        notifyAll();
    }

    /** Waits a moment, or until something is given back. */
    synchronized void awaitChange() throws InterruptedException {
        TimeUnit.MILLISECONDS.timedWait(this, MOMENT);
    }
}
