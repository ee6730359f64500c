package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Runs one ONNX file on the same rows over and over, one thread, nothing around it. */
public final class BareRuns {
    private BareRuns() {}

    static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return options;
    }

    /**
     * Prints runs a second, p50, p95 and p99 in microseconds, the number of runs, and 0 for those
     * that failed.
     *
     * @param arguments the ONNX file, rows of a run, columns of a row, seconds to warm up, seconds
     *     to measure
     */
    public static void main(String[] arguments) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = options();
                OrtSession session = environment.createSession(arguments[0], options)) {
            int count = Integer.parseInt(arguments[1]);
            float[] rows = new float[count * Integer.parseInt(arguments[2])];
            Random random = new Random(7);
            for (int i = 0; i < rows.length; i++) {
                rows[i] = random.nextFloat();
            }
            measure(environment, session, count, rows, Double.parseDouble(arguments[3]));
            System.out.println(
                    measure(environment, session, count, rows, Double.parseDouble(arguments[4])));
        }
    }

    private static String measure(
            OrtEnvironment environment, OrtSession session, int count, float[] rows, double seconds)
            throws OrtException {
        long[] nanos = new long[1 << 24];
        int runs = 0;
        long[] shape = {count, rows.length / count};
        String input = session.getInputNames().iterator().next();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long before = start;
        while (before - end < 0 && runs < nanos.length) {
            try (OnnxTensor tensor =
                            OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), shape);
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                ((OnnxTensor) result.get(0)).getFloatBuffer();
            }
            long after = System.nanoTime();
            nanos[runs++] = after - before;
            before = after;
        }
        Arrays.sort(nanos, 0, runs);
        return String.format(
                Locale.ROOT,
                "%.1f %.1f %.1f %.1f %d 0",
                runs / ((before - start) / 1e9),
                nanos[runs / 2] / 1e3,
                nanos[(int) (runs * 0.95)] / 1e3,
                nanos[(int) (runs * 0.99)] / 1e3,
                runs);
    }
}
