package dev.tidegate.server.benchmark.inference;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The load generator of nghttp2, with one framed message; it costs the least of all clients. */
record H2LoadClient(Path directory, Path framed) implements LoadClient {
    private static final Pattern RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
    private static final Pattern TOTALS =
            Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored");

    static boolean isThere() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(part -> Files.isExecutable(Path.of(part, "h2load")));
    }

    @Override
    public String name() {
        return "h2load";
    }

    @Override
    public LoadResult load(int port, int concurrency, Duration duration)
            throws InterruptedException {
        int connections = Math.min(concurrency, CONNECTIONS);
        Path log = directory.resolve("h2load.log");
        try {
            Files.deleteIfExists(log);
            Process process =
                    new ProcessBuilder(
                                    "h2load",
                                    "-t",
                                    "1",
                                    "-c",
                                    Integer.toString(connections),
                                    "-m",
                                    Integer.toString(concurrency / connections),
                                    "-D",
                                    Long.toString(duration.toSeconds()),
                                    "--log-file=" + log,
                                    "-d",
                                    framed.toString(),
                                    "-H",
                                    "content-type: application/grpc",
                                    "-H",
                                    "te: trailers",
                                    "http://127.0.0.1:"
                                            + port
                                            + "/inference.GRPCInferenceService/ModelInfer")
                            .redirectErrorStream(true)
                            .start();
            String text =
                    new String(
                            process.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            process.waitFor();
            return result(text, log);
        } catch (IOException e) {
            throw new UncheckedIOException("h2load cannot be run", e);
        }
    }

    private static LoadResult result(String text, Path log) throws IOException {
        Matcher totals = TOTALS.matcher(text);
        Matcher rate = RATE.matcher(text);
        if (!rate.find()
                || !totals.find()
                || !totals.group(2).equals("0")
                || !totals.group(3).equals("0")) {
            throw new IllegalStateException("h2load met failures: " + text);
        }
        double[] micros;
        try (Stream<String> lines = Files.lines(log)) {
            micros = lines.mapToDouble(H2LoadClient::micros).sorted().toArray();
        }
        return new LoadResult(
                Double.parseDouble(rate.group(1)),
                micros[micros.length / 2],
                micros[(int) (micros.length * 0.99)]);
    }

    /** A line is: start, HTTP status, microseconds. */
    private static double micros(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        return Double.parseDouble(fields.get(2));
    }
}
