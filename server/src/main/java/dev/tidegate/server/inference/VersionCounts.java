package dev.tidegate.server.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a version did since the server started. Its figures are read one after the other while
 * requests go on, so they may be a few requests apart.
 *
 * @param lastInference arrival of the newest request that it answered; empty when there is none
 * @param inferences rows in answered requests; a request is one row when the graph fixes the number
 * @param executions runs of the graph
 * @param pending requests that wait for a thread now
 * @param success answered requests, from their arrival to the encoded answer
 * @param failures failed requests by reason, every reason, from their arrival to the failure
 * @param queue of answered requests: waiting for a thread
 * @param computeInput of answered requests: reading, validating, routing
 * @param computeInfer of answered requests: the graph
 * @param computeOutput of answered requests: encoding the answer
 * @param coreTime runs of the graph times the threads of each, whatever came of them; none when
 *     another server runs it
 */
public record VersionCounts(
        String model,
        String version,
        Optional<Instant> lastInference,
        long inferences,
        long executions,
        long pending,
        CountedTime success,
        Map<FailureReason, CountedTime> failures,
        Duration queue,
        Duration computeInput,
        Duration computeInfer,
        Duration computeOutput,
        Duration coreTime) {
    public VersionCounts {
        failures = Map.copyOf(failures);
    }

    /** Returns whether they are the version's; an empty name stands for any. */
    boolean isOf(String ofModel, String ofVersion) {
        return (ofModel.isEmpty() || ofModel.equals(model))
                && (ofVersion.isEmpty() || ofVersion.equals(version));
    }

    /** Returns failed requests of every reason together. */
    public CountedTime failure() {
        long count = 0;
        Duration total = Duration.ZERO;
        for (CountedTime failed : failures.values()) {
            count += failed.count();
            total = total.plus(failed.total());
        }
        return new CountedTime(count, total);
    }
}
