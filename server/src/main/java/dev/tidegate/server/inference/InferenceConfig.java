package dev.tidegate.server.inference;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How requests run.
 *
 * @param inlineLimit a version whose measured p95 run time is below this runs on the transport's
 *     thread; 0 runs none there
 * @param workers threads for all other versions; 0 means one a processor
 * @param queue how many requests of one model may wait for such a thread before more are refused
 * @param deadline of a request whose client set none
 * @param streamRequests how many requests of one ModelStreamInfer call may run at a time
 * @param maxBatch how many rows of several requests run together at most; 1 runs each request alone
 * @param loaders how many versions are loaded at a time; the others wait
 * @param memoryBytes what versions in memory may need outside of the heap together, but for those
 *     that routes name; 0 means a part of this machine's memory
 * @param warmUp how long a version is warmed up before it counts as ready, at most
 */
@ConfigurationProperties("tidegate.inference")
public record InferenceConfig(
        @Bindable(defaultValue = "500us") Duration inlineLimit,
        @Bindable(defaultValue = "0") int workers,
        @Bindable(defaultValue = "256") int queue,
        @Bindable(defaultValue = "60s") Duration deadline,
        @Bindable(defaultValue = "16") int streamRequests,
        @Bindable(defaultValue = "32") int maxBatch,
        @Bindable(defaultValue = "2") int loaders,
        @Bindable(defaultValue = "0") long memoryBytes,
        @Bindable(defaultValue = "250ms") Duration warmUp) {
    public InferenceConfig {
        if (workers < 0 || queue < 1) {
            throw new IllegalArgumentException(
                    "tidegate.inference.workers is %d, expected at least 0, and queue is %d, expected at least 1"
                            .formatted(workers, queue));
        }
        if (streamRequests < 1) {
            throw new IllegalArgumentException(
                    "tidegate.inference.stream-requests must be at least 1, got " + streamRequests);
        }
        if (loaders < 1 || memoryBytes < 0) {
            throw new IllegalArgumentException(
                    "tidegate.inference.loaders is %d, expected at least 1, and memory-bytes is %d, expected at least 0"
                            .formatted(loaders, memoryBytes));
        }
        if (maxBatch < 1) {
            throw new IllegalArgumentException(
                    "tidegate.inference.max-batch is %d, expected at least 1".formatted(maxBatch));
        }
        if (inlineLimit.isNegative() || !deadline.isPositive() || warmUp.isNegative()) {
            throw new IllegalArgumentException(
                    "tidegate.inference has inline-limit %s, deadline %s, warm-up %s; expected none negative and a deadline"
                            .formatted(inlineLimit, deadline, warmUp));
        }
    }

    /** Returns how many threads run versions that are not fast. */
    int workerCount() {
        return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    }
}
