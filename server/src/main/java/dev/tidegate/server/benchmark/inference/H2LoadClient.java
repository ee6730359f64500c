package dev.tidegate.server.benchmark.inference;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * The load generator of nghttp2, with one message; it costs the least of all clients. It counts
 * what was answered over HTTP: a gRPC status behind it is nothing that it looks at.
 */
record H2LoadClient(BenchFolder folder) implements LoadClient {
    private static final Pattern RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
    private static final Pattern TOTALS =
            Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");

    /** Calls on one connection at a time, when they come at an even rate. */
    private static final int MOST_OF_A_CONNECTION = 64;

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
    public LoadResult load(Target target, Load load) throws InterruptedException {
        Path log = folder.resolve("h2load.log");
        try {
            Files.deleteIfExists(log);
            Process process =
                    new ProcessBuilder(command(target, load, log))
                            .redirectErrorStream(true)
                            .start();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return result(text, log);
        } catch (IOException e) {
            throw new UncheckedIOException("h2load cannot be run", e);
        }
    }

    private List<String> command(Target target, Load load, Path log) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "h2load",
                                "-t",
                                "1",
                                "-D",
                                Long.toString(load.duration().toSeconds()),
                                "--log-file=" + log));
        switch (target) {
            case Target.Grpc _ -> words.addAll(grpc(load));
            case Target.Rest rest -> words.addAll(rest(rest, load));
        }
        target.headers().forEach(header -> words.addAll(List.of("-H", header)));
        words.add("http://127.0.0.1:" + target.port() + path(target));
        return words;
    }

    private List<String> grpc(Load load) {
        List<String> words = new ArrayList<>(connections(load));
        if (load.isPaced()) {
            words.add(String.format(Locale.ROOT, "--rps=%.3f", load.rate() / load.connections()));
        }
        words.addAll(
                List.of(
                        "-d",
                        folder.framed().toString(),
                        "-H",
                        "content-type: application/grpc",
                        "-H",
                        "te: trailers"));
        return words;
    }

    private static List<String> connections(Load load) {
        int connections = load.connections();
        int each =
                load.isPaced()
                        ? MOST_OF_A_CONNECTION
                        : Math.max(1, load.concurrency() / connections);
        return List.of("-c", Integer.toString(connections), "-m", Integer.toString(each));
    }

    /** A connection for each request that is under way: HTTP/1.1 has no more on one. */
    private static List<String> rest(Target.Rest rest, Load load) {
        return List.of(
                "--h1", "-c", Integer.toString(load.concurrency()), "-d", rest.body().toString());
    }

    private static String path(Target target) {
        return switch (target) {
            case Target.Grpc _ -> "/inference.GRPCInferenceService/ModelInfer";
            case Target.Rest rest -> rest.path();
        };
    }

    private static LoadResult result(String text, Path log) throws IOException {
        Matcher totals = TOTALS.matcher(text);
        Matcher rate = RATE.matcher(text);
        if (!rate.find() || !totals.find()) {
            throw new IllegalStateException("h2load said: " + text);
        }
        Histogram nanos = nanos(log);
        LoadResult measured =
                LoadResult.of(nanos, 1, Long.parseLong(totals.group(1)), failed(totals));
        return new LoadResult(
                Double.parseDouble(rate.group(1)),
                measured.p50(),
                measured.p95(),
                measured.p99(),
                measured.answered(),
                measured.failed());
    }

    private static long failed(Matcher totals) {
        return Long.parseLong(totals.group(2))
                + Long.parseLong(totals.group(3))
                + Long.parseLong(totals.group(4));
    }

    /** A line is: start, HTTP status, microseconds. */
    private static Histogram nanos(Path log) throws IOException {
        Histogram nanos = new Histogram(3);
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                nanos.recordValue(
                        1_000
                                * Long.parseLong(
                                        line, line.lastIndexOf('\t') + 1, line.length(), 10));
            }
        }
        return nanos;
    }
}
