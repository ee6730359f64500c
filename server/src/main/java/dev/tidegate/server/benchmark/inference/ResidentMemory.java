package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a process has of the machine's memory, on Linux.
 *
 * @param pid of the process
 */
record ResidentMemory(long pid) {
    private static final int LOOKS = 11;
    private static final String LABEL = "VmRSS:";

    /** Returns mebibytes, the median of some looks within a second. */
    double mebibytes() throws InterruptedException {
        List<Long> looks = new ArrayList<>();
        for (int look = 0; look < LOOKS; look++) {
            looks.add(kibibytes());
            TimeUnit.MILLISECONDS.sleep(100);
        }
        looks.sort(null);
        return looks.get(LOOKS / 2) / 1024.0;
    }

    private long kibibytes() {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(LABEL))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(file + " has no " + LABEL));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
