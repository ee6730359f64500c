package dev.tidegate.server.platform.metric;

import dev.tidegate.server.platform.build.BuildVersion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the process itself uses. */
@Singleton
final class ProcessMetrics implements MetricSource {
    private final String version;
    private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getGarbageCollectorMXBeans();

    ProcessMetrics() throws IOException {
        version = new BuildVersion().number();
    }

    @Override
    public List<MetricFamily> families() {
        Optional<Duration> cpu = ProcessHandle.current().info().totalCpuDuration();
        return List.of(
                new MetricFamily(
                        "tidegate_build_info",
                        MetricType.GAUGE,
                        "Always 1; the label says which build runs.",
                        List.of(MetricSample.of(1, "version", version))),
                new MetricFamily(
                        "process_cpu_seconds",
                        MetricType.COUNTER,
                        "CPU time of the process.",
                        cpu.stream().map(time -> MetricSample.of(time.toNanos() / 1e9)).toList()),
                MetricFamily.single(
                        "process_start_time_seconds",
                        MetricType.GAUGE,
                        "When the process started, seconds since 1970.",
                        runtime.getStartTime() / 1e3),
                new MetricFamily(
                        "jvm_memory_used_bytes",
                        MetricType.GAUGE,
                        "Memory that the Java virtual machine uses.",
                        List.of(
                                MetricSample.of(
                                        (double) memory.getHeapMemoryUsage().getUsed(),
                                        "area",
                                        "heap"),
                                MetricSample.of(
                                        (double) memory.getNonHeapMemoryUsage().getUsed(),
                                        "area",
                                        "nonheap"))),
                new MetricFamily(
                        "jvm_gc_collection_seconds",
                        MetricType.COUNTER,
                        "Time that the garbage collector took.",
                        collectors.stream()
                                .map(
                                        collector ->
                                                MetricSample.of(
                                                        collector.getCollectionTime() / 1e3,
                                                        "gc",
                                                        collector.getName()))
                                .toList()));
    }
}
