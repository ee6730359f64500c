package dev.tidegate.server.inference.onnx;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How graphs run.
 *
 * @param intraOpThreads threads that one run may use; with 1 requests run beside each other instead
 * @param scratchBytes how much input and output memory one lane keeps between runs
 */
@ConfigurationProperties("tidegate.onnx")
public record OnnxConfig(
        @Bindable(defaultValue = "1") int intraOpThreads,
        @Bindable(defaultValue = "4194304") int scratchBytes) {
    public OnnxConfig {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException(
                    "tidegate.onnx.intra-op-threads must be at least 1, got " + intraOpThreads);
        }
        if (scratchBytes < 0) {
            throw new IllegalArgumentException(
                    "tidegate.onnx.scratch-bytes must not be negative, got " + scratchBytes);
        }
    }
}
