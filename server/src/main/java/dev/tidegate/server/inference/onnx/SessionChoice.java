package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ExecutionProvider;
import dev.tidegate.server.registry.GraphOptimization;
import java.util.Locale;

/** What a session is asked for, in the runtime's words. */
final class SessionChoice {
    private SessionChoice() {}

    static OptLevel level(GraphOptimization optimization) {
        return switch (optimization) {
            case NONE -> OptLevel.NO_OPT;
            case BASIC -> OptLevel.BASIC_OPT;
            case EXTENDED -> OptLevel.EXTENDED_OPT;
            case ALL -> OptLevel.ALL_OPT;
        };
    }

    /** Returns whether this runtime was built with the provider; a device may lack all the same. */
    static boolean isOffered(ExecutionProvider provider) {
        return OrtEnvironment.getAvailableProviders().contains(inTheRuntime(provider));
    }

    private static OrtProvider inTheRuntime(ExecutionProvider provider) {
        return switch (provider) {
            case CPU -> OrtProvider.CPU;
            case CUDA -> OrtProvider.CUDA;
            case TENSORRT -> OrtProvider.TENSOR_RT;
        };
    }

    /**
     * Lets the provider compute what it can; the processor computes the rest.
     *
     * @param name of the version, for the error
     * @throws TidegateException precondition when this runtime, or this machine, lacks the provider
     */
    static void provide(SessionOptions options, String name, ExecutionProvider provider) {
        if (!isOffered(provider)) {
            throw TidegateException.precondition(
                    "%s asks for the execution provider '%s', which this server's ONNX Runtime does not have; it has %s. Build the server with the profile 'gpu'"
                            .formatted(
                                    name,
                                    provider.name().toLowerCase(Locale.ROOT),
                                    OrtEnvironment.getAvailableProviders()));
        }
        try {
            switch (provider) {
                case CPU -> {}
                case CUDA -> options.addCUDA();
                case TENSORRT -> options.addTensorrt(0);
            }
        } catch (OrtException e) {
            throw TidegateException.precondition(
                    "%s asks for the execution provider '%s', which does not start on this machine: %s"
                            .formatted(
                                    name,
                                    provider.name().toLowerCase(Locale.ROOT),
                                    OrtReason.of(e)));
        }
    }
}
