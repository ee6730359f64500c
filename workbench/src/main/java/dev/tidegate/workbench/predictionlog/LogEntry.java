package dev.tidegate.workbench.predictionlog;

import dev.tidegate.workbench.tensor.Tensor;
import java.time.Instant;
import java.util.List;

/**
 * One logged prediction.
 *
 * @param outcome OK, FAILED, CANCELLED or LATE, of the version it was routed to
 * @param inputs the request's tensors; empty in lists
 * @param redacted names of fields that were emptied before the entry was kept; empty in lists
 * @param absent why the messages are not kept, in words; empty when they are, and in lists
 */
public record LogEntry(
        String id,
        Instant at,
        String model,
        String routedVersion,
        String answeredVersion,
        String arm,
        String reason,
        String outcome,
        String error,
        long totalMicros,
        long queueMicros,
        long computeMicros,
        List<Tensor> inputs,
        List<String> redacted,
        String absent) {
    public LogEntry {
        inputs = List.copyOf(inputs);
        redacted = List.copyOf(redacted);
    }
}
