package dev.tidegate.server.benchmark.log;

import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.PredictionIds;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.MonotonicClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.order.OrderUtil;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Appends at an even pace while a whole server, but for its edge, delivers. */
public final class LogBenchmark {
    /** How long the log may need after the load. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LogBenchmarkOptions options;

    public LogBenchmark(LogBenchmarkOptions options) {
        this.options = options;
    }

    /** Runs the load, waits until all is delivered, prints the answer and returns it. */
    public LogBenchmarkResult run(PrintStream out) throws InterruptedException, ExecutionException {
        try (ApplicationContext context = start()) {
            LogBenchmarkResult result = measure(context);
            print(out, result);
            return result;
        }
    }

    private ApplicationContext start() {
        ApplicationContext context =
                ApplicationContext.builder()
                        .banner(false)
                        .deduceEnvironment(false)
                        .properties(Map.of("tidegate.home.directory", options.home().toString()))
                        .start();
        List<Startup> steps = new ArrayList<>(context.getBeansOfType(Startup.class));
        OrderUtil.sort(steps);
        steps.forEach(Startup::start);
        return context;
    }

    private LogBenchmarkResult measure(ApplicationContext context)
            throws InterruptedException, ExecutionException {
        Journal journal = context.getBean(Journal.class);
        Database database = context.getBean(Database.class);
        MonotonicClock clock = context.getBean(MonotonicClock.class);
        LogWatch watch = new LogWatch(journal);
        long begin = clock.nanos();
        Histogram appends = load(context, journal, clock, watch);
        long end = clock.nanos();
        long limit = end + PATIENCE.toNanos();
        while (delivered(database) < journal.appended() && clock.nanos() - limit < 0) {
            watch.look();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return new LogBenchmarkResult(
                journal.appended(),
                journal.lost(),
                number(database, "select coalesce(sum(events), 0) from prediction_block"),
                number(database, "select coalesce(sum(requests), 0) from evidence_row"),
                Duration.ofNanos(end - begin),
                Duration.ofNanos(clock.nanos() - end),
                appends.getValueAtPercentile(50),
                appends.getValueAtPercentile(99),
                appends.getMaxValue(),
                watch.heapBytes(),
                watch.journalBytes(),
                number(database, "select pg_database_size(current_database())"));
    }

    private Histogram load(
            ApplicationContext context, Journal journal, MonotonicClock clock, LogWatch watch)
            throws InterruptedException, ExecutionException {
        PredictionIds ids = context.getBean(PredictionIds.class);
        List<Future<Histogram>> loads = new ArrayList<>();
        Histogram all = new Histogram(3);
        try (ExecutorService executor = Executors.newFixedThreadPool(options.threads())) {
            for (int thread = 0; thread < options.threads(); thread++) {
                loads.add(executor.submit(new LogLoad(journal, ids, clock, options)));
            }
            for (Future<Histogram> load : loads) {
                all.add(finished(load, watch));
            }
        }
        return all;
    }

    private static Histogram finished(Future<Histogram> load, LogWatch watch)
            throws InterruptedException, ExecutionException {
        while (!load.isDone()) {
            watch.look();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return load.get();
    }

    /** The evidence comes last, and is small to ask for. */
    private static long delivered(Database database) {
        return Math.min(
                number(database, "select coalesce(sum(events), 0) from evidence_batch"),
                number(
                        database,
                        "select case when (select (segment, position) from journal_reader"
                                + " where reader = 'evidence') <= (select (segment, position)"
                                + " from journal_reader where reader = 'prediction log')"
                                + " then 9223372036854775807 else 0 end"));
    }

    private static long number(Database database, String query) {
        return database.read(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private static void print(PrintStream out, LogBenchmarkResult result) {
        row(out, "appended", text("%,d", result.appended()));
        row(out, "appended a minute", text("%,d", result.perMinute()));
        row(out, "lost", text("%,d", result.lost()));
        row(out, "in the log", text("%,d", result.logged()));
        row(out, "in the evidence", text("%,d", result.counted()));
        row(out, "log behind the last append", result.behind().toMillis() + " ms");
        row(
                out,
                "append p50 / p99 / longest",
                text(
                        "%.1f / %.1f / %.0f µs",
                        result.medianAppendNanos() / 1e3,
                        result.p99AppendNanos() / 1e3,
                        result.slowestAppendNanos() / 1e3));
        row(out, "largest heap", mebibytes(result.heapBytes()));
        row(out, "largest journal", mebibytes(result.journalBytes()));
        row(out, "database at the end", mebibytes(result.databaseBytes()));
        row(out, "complete", Boolean.toString(result.isComplete()));
    }

    private static String mebibytes(long bytes) {
        return text("%,d MiB", bytes >> 20);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void row(PrintStream out, String name, String value) {
        out.printf(Locale.ROOT, "%-28s %s%n", name, value);
    }
}
