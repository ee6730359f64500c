package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;

/** gRPC alone: messages stay bytes, and whatever is asked gets the same answer. */
public final class EchoServer {
    private EchoServer() {}

    /**
     * Prints the port and waits.
     *
     * @param arguments the ONNX file whose output the answer has, and its score
     */
    public static void main(String[] arguments)
            throws IOException, OrtException, InterruptedException {
        TunedServer.turnLeakDetectionOff();
        float score = Float.parseFloat(arguments[1]);
        BareServer.serve(
                new TunedGrpcService(
                                () -> (_, _) -> score,
                                new TunedAnswerProtoMapper(output(arguments[0])))
                        .bindService());
    }

    private static String output(String file) throws OrtException {
        try (SessionOptions options = BareRuns.options();
                OrtSession session = OrtEnvironment.getEnvironment().createSession(file, options)) {
            return session.getOutputNames().iterator().next();
        }
    }
}
