package dev.tidegate.server.benchmark.inference;

import java.time.Duration;
import java.util.Optional;

/** What processes took of the processors. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** Returns the nanoseconds of a process and those below it; of none that has ended. */
    static long ofTree(long pid) {
        Optional<ProcessHandle> root = ProcessHandle.of(pid);
        return root.map(ProcessorTime::of).orElse(0L)
                + root.stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToLong(ProcessorTime::of)
                        .sum();
    }

    private static long of(ProcessHandle handle) {
        return handle.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
}
