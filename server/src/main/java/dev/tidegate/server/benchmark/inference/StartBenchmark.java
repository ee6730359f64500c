package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.MarkdownTable;
import dev.tidegate.server.benchmark.result.Measured;
import dev.tidegate.server.benchmark.result.Promise;
import dev.tidegate.server.benchmark.result.Spread;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a server takes until it is ready, with many versions registered. */
public final class StartBenchmark {
    private final int models;
    private final int versions;
    private final int starts;
    private final PrintStream out;

    /**
     * @param models whose champion is in memory
     * @param versions of each
     * @param starts that are measured, after the first
     * @param out gets a line for each
     */
    public StartBenchmark(int models, int versions, int starts, PrintStream out) {
        if (models < 1 || versions < 1 || starts < 1) {
            throw new IllegalArgumentException(
                    "%d models of %d versions, %d starts, expected at least 1 of each"
                            .formatted(models, versions, starts));
        }
        this.models = models;
        this.versions = versions;
        this.starts = starts;
        this.out = out;
    }

    /** Returns the table, and whether the promise is kept. */
    public Measured run() throws IOException, InterruptedException {
        try (TemporaryFolder directory = TemporaryFolder.create("tidegate-benchmark-")) {
            StartPlace place = new StartPlace(new BenchFolder(directory.path()), Launcher.find());
            place.fill(StartPlace.models(models), versions);
            Took first = start(place, List.of("--model-repository", place.repository().toString()));
            List<Took> later = new ArrayList<>();
            for (int start = 0; start < starts; start++) {
                later.add(start(place, List.of()));
            }
            return judged(place.launcher(), first, later);
        }
    }

    /** How long a start took. */
    private record Took(Duration untilReady, Duration untilServing) {
        double ready() {
            return untilReady.toMillis() / 1e3;
        }

        double serving() {
            return untilServing.toMillis() / 1e3;
        }
    }

    private Took start(StartPlace place, List<String> more)
            throws IOException, InterruptedException {
        try (StartedServer server = StartedServer.start(place, more)) {
            Took took =
                    new Took(server.untilReady(), server.untilServing(StartPlace.models(models)));
            out.printf(
                    Locale.ROOT,
                    "ready after %.2f s, each champion after %.2f s%n",
                    took.ready(),
                    took.serving());
            return took;
        }
    }

    private Measured judged(Launcher launcher, Took first, List<Took> later) {
        Spread ready = Spread.of(later.stream().mapToDouble(Took::ready));
        Spread serving = Spread.of(later.stream().mapToDouble(Took::serving));
        String text =
                "`tidegate serve` with the embedded PostgreSQL and %,d registered versions, %d models of %d, each a file of its own; the champions are in memory, the others are loaded when somebody asks. Started by %s. The first start of a new home unpacks PostgreSQL and registers the versions. Seconds from the start of the process; of %d later starts the median, in brackets the least and the greatest.\n\n"
                                .formatted(
                                        models * versions,
                                        models,
                                        versions,
                                        launcher.text(),
                                        starts)
                        + "* "
                        + MachineFacts.line()
                        + "\n\n"
                        + new MarkdownTable("", "ready line, s", "each champion ready, s")
                                .row("first start", number(first.ready()), number(first.serving()))
                                .row("later starts", ready.text(2), serving.text(2))
                                .text();
        return Promise.judged(
                text,
                List.of(
                        Promise.atMost(
                                "a later start until the ready line", 3, ready.median(), " s"),
                        Promise.atMost(
                                "a later start until each champion answers",
                                3,
                                serving.median(),
                                " s")));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
