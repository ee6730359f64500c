package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;

/**
 * The fastest handler that can be written by hand without batching: a session for each of the
 * transport's threads, inputs and outputs bound to memory, and no message objects.
 */
public final class TunedServer {
    private TunedServer() {}

    /**
     * Prints the port and waits.
     *
     * @param arguments the ONNX file
     */
    public static void main(String[] arguments)
            throws IOException, OrtException, InterruptedException {
        turnLeakDetectionOff();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = BareRuns.options();
                OrtSession any = environment.createSession(arguments[0], options)) {
            TunedAnswerProtoMapper answers =
                    new TunedAnswerProtoMapper(any.getOutputNames().iterator().next());
            ThreadLocal<TunedRuns> runs =
                    ThreadLocal.withInitial(() -> runs(environment, arguments[0], options));
            BareServer.serve(new TunedGrpcService(runs::get, answers).bindService());
        }
    }

    static void turnLeakDetectionOff() {
        System.setProperty("io.grpc.netty.shaded.io.netty.leakDetection.level", "disabled");
    }

    private static TunedRuns runs(OrtEnvironment environment, String file, SessionOptions options) {
        try {
            return new TunedRuns(environment, file, options);
        } catch (OrtException e) {
            throw new IllegalStateException(file + " cannot be opened again", e);
        }
    }
}
