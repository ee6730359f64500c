package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a server counts, as its metrics say it at one moment.
 *
 * @param lines of the exposition
 */
record ServerCounts(List<String> lines) {

    /** Asks the management port. */
    static ServerCounts of(int port) {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new ServerCounts(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the server's metrics cannot be read", e);
        }
    }

    /**
     * Returns how many requests all versions answered; of a server that counts no requests how many
     * entries its journal took.
     */
    long answered() {
        boolean counts = sum("tidegate_request_metrics_enabled") > 0;
        return (long)
                sum(counts ? "nv_inference_request_success" : "tidegate_journal_events_total");
    }

    /** Returns how many requests of a version were answered by it. */
    long answeredBy(String version) {
        String label = "version=\"" + version + "\"";
        return (long) sum("nv_inference_request_success", line -> line.contains(label));
    }

    /** Returns how many requests failed, for whatever reason but that their clients left. */
    long failed() {
        return (long)
                sum("nv_inference_request_failure", line -> !line.contains("reason=\"CANCELED\""));
    }

    /** Returns how many predictions found no room in the journal. */
    long lost() {
        return (long) sum("tidegate_journal_lost_events_total");
    }

    private double sum(String name) {
        return sum(name, _ -> true);
    }

    private double sum(String name, Predicate<String> wanted) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(wanted)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
