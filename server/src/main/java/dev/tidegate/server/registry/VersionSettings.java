package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a version runs; what is empty is the server's default.
 *
 * @param intraOpThreads threads that one run may use, 1 to 256
 * @param instances sessions over which runs are spread, 1 to 64
 * @param provider what computes the graph
 * @param optimization how far the runtime rewrites the graph
 * @param maxBatch rows of several requests in one run, 1 to 65,536; 1 runs each alone
 * @param maxBatchDelay how long a request may wait for others that could run with it, 1 µs to 1 s
 * @param maxQueue requests that may wait while all threads are busy, 1 to 1,000,000
 */
public record VersionSettings(
        OptionalInt intraOpThreads,
        OptionalInt instances,
        Optional<ExecutionProvider> provider,
        Optional<GraphOptimization> optimization,
        OptionalInt maxBatch,
        Optional<Duration> maxBatchDelay,
        OptionalInt maxQueue) {
    public static final VersionSettings DEFAULT = of(Map.of());

    private static final String INTRA_OP_THREADS = "intra-op-threads";
    private static final String INSTANCES = "instances";
    private static final String PROVIDER = "provider";
    private static final String OPTIMIZATION = "optimization";
    private static final String MAX_BATCH = "max-batch";
    private static final String MAX_BATCH_DELAY = "max-batch-delay";
    private static final String MAX_QUEUE = "max-queue";
    private static final Pattern DELAY = Pattern.compile("([0-9]{1,7})(us|ms)");

    /**
     * Returns settings from their names and values.
     *
     * @throws TidegateException invalid, naming the setting, what came and what was expected
     */
    public static VersionSettings of(Map<String, String> values) {
        values.keySet().forEach(VersionSettings::requireKnown);
        return new VersionSettings(
                number(values, INTRA_OP_THREADS, 256),
                number(values, INSTANCES, 64),
                name(values, PROVIDER, ExecutionProvider.class),
                name(values, OPTIMIZATION, GraphOptimization.class),
                number(values, MAX_BATCH, 65_536),
                delay(values),
                number(values, MAX_QUEUE, 1_000_000));
    }

    /**
     * Refuses settings of a version that another server runs, which could not follow them.
     *
     * @throws TidegateException invalid, naming the version and the settings
     */
    void requireNone(String label) {
        if (!values().isEmpty()) {
            throw TidegateException.invalid(
                    "%s runs on another server, which knows no settings of this one; expected none, got %s"
                            .formatted(label, values()));
        }
    }

    private static void requireKnown(String name) {
        switch (name) {
            case INTRA_OP_THREADS,
                    INSTANCES,
                    PROVIDER,
                    OPTIMIZATION,
                    MAX_BATCH,
                    MAX_BATCH_DELAY,
                    MAX_QUEUE -> {}
            default ->
                    throw TidegateException.invalid(
                            "setting '%s' is unknown; expected intra-op-threads, instances, provider, optimization, max-batch, max-batch-delay or max-queue"
                                    .formatted(name));
        }
    }

    private static OptionalInt number(Map<String, String> values, String name, int most) {
        String value = values.get(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        String text = value.strip();
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw refused(name, value, "a whole number from 1 to " + most);
        }
        return OptionalInt.of(number);
    }

    private static Optional<Duration> delay(Map<String, String> values) {
        String value = values.get(MAX_BATCH_DELAY);
        if (value == null) {
            return Optional.empty();
        }
        Matcher matcher = DELAY.matcher(value.strip());
        if (!matcher.matches()) {
            throw refusedDelay(value);
        }
        long number = Long.parseLong(matcher.group(1));
        long micros = matcher.group(2).equals("ms") ? 1_000 * number : number;
        if (micros < 1 || micros > 1_000_000) {
            throw refusedDelay(value);
        }
        return Optional.of(Duration.of(micros, ChronoUnit.MICROS));
    }

    private static TidegateException refusedDelay(String value) {
        return refused(MAX_BATCH_DELAY, value, "1us to 1000ms, such as 500us or 2ms");
    }

    private static String text(Duration delay) {
        long micros = delay.dividedBy(ChronoUnit.MICROS.getDuration());
        return micros % 1_000 == 0 ? micros / 1_000 + "ms" : micros + "us";
    }

    private static <E extends Enum<E>> Optional<E> name(
            Map<String, String> values, String name, Class<E> type) {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.stream(type.getEnumConstants())
                        .filter(each -> each.name().equals(value.strip().toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        refused(
                                                name,
                                                value,
                                                "one of "
                                                        + Arrays.toString(type.getEnumConstants())
                                                                .toLowerCase(Locale.ROOT))));
    }

    private static TidegateException refused(String name, String value, String expected) {
        return TidegateException.invalid(
                "setting '%s' is '%s', expected %s".formatted(name, value, expected));
    }

    /** Returns what is set, by name, sorted. */
    public Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        intraOpThreads.ifPresent(n -> values.put(INTRA_OP_THREADS, Integer.toString(n)));
        instances.ifPresent(n -> values.put(INSTANCES, Integer.toString(n)));
        provider.ifPresent(p -> values.put(PROVIDER, p.name().toLowerCase(Locale.ROOT)));
        optimization.ifPresent(o -> values.put(OPTIMIZATION, o.name().toLowerCase(Locale.ROOT)));
        maxBatch.ifPresent(n -> values.put(MAX_BATCH, Integer.toString(n)));
        maxBatchDelay.ifPresent(d -> values.put(MAX_BATCH_DELAY, text(d)));
        maxQueue.ifPresent(n -> values.put(MAX_QUEUE, Integer.toString(n)));
        return values;
    }
}
