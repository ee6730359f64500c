package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Runs one ONNX file on one row over and over, one thread, nothing around it. */
public final class BareRuns {
    private BareRuns() {}

    static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return options;
    }

    /**
     * Prints runs a second, p50 and p99 in microseconds.
     *
     * @param arguments the ONNX file, columns of a row, seconds to warm up, seconds to measure
     */
    public static void main(String[] arguments) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = options();
                OrtSession session = environment.createSession(arguments[0], options)) {
            float[] row = new float[Integer.parseInt(arguments[1])];
            Random random = new Random(7);
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat();
            }
            measure(environment, session, row, Double.parseDouble(arguments[2]));
            System.out.println(
                    measure(environment, session, row, Double.parseDouble(arguments[3])));
        }
    }

    private static String measure(
            OrtEnvironment environment, OrtSession session, float[] row, double seconds)
            throws OrtException {
        long[] nanos = new long[1 << 24];
        int runs = 0;
        long[] shape = {1, row.length};
        String input = session.getInputNames().iterator().next();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long before = start;
        while (before - end < 0 && runs < nanos.length) {
            try (OnnxTensor tensor =
                            OnnxTensor.createTensor(environment, FloatBuffer.wrap(row), shape);
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                ((OnnxTensor) result.get(0)).getFloatBuffer();
            }
            long after = System.nanoTime();
            nanos[runs++] = after - before;
            before = after;
        }
        Arrays.sort(nanos, 0, runs);
        return "%.0f %.1f %.1f"
                .formatted(
                        runs / ((before - start) / 1e9),
                        nanos[runs / 2] / 1e3,
                        nanos[(int) (runs * 0.99)] / 1e3);
    }
}
