package dev.tidegate.server.benchmark.inference;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Processor time that Tidegate takes while another server is measured: periodic work, which the
 * other one pays for.
 */
final class IdleTime {
    private final List<TidegateSubject> idle;
    private final long begun = System.nanoTime();
    private final long cpuNanos;

    private IdleTime(List<TidegateSubject> idle) {
        this.idle = idle;
        this.cpuNanos = cpuNanos();
    }

    /** Begins to measure those that are not the busy one. */
    static IdleTime of(Collection<Subject> all, Subject busy) {
        return new IdleTime(
                all.stream()
                        .filter(subject -> subject != busy)
                        .filter(TidegateSubject.class::isInstance)
                        .map(TidegateSubject.class::cast)
                        .toList());
    }

    private long cpuNanos() {
        return idle.stream().mapToLong(TidegateSubject::cpuNanos).sum();
    }

    /** Returns what they took of one processor since then, percent; nothing if there are none. */
    OptionalDouble percent() {
        return idle.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(100.0 * (cpuNanos() - cpuNanos) / (System.nanoTime() - begun));
    }
}
