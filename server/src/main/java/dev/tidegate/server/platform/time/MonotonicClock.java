package dev.tidegate.server.platform.time;

/** Time that never goes back; leases and latencies count on it. */
@FunctionalInterface
public interface MonotonicClock {
    /** Returns nanoseconds since an arbitrary origin; only differences mean something. */
    long nanos();
}
