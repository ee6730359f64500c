package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were taken on. */
final class MachineFacts {
    private MachineFacts() {}

    static String line() {
        return "%s, %d processors, %s, Linux load %s, Java %s"
                .formatted(
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        Runtime.getRuntime().availableProcessors(),
                        first("/proc/cpuinfo", "model name"),
                        first("/proc/loadavg", "").strip(),
                        Runtime.version());
    }

    private static String first(String file, String start) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(start))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
