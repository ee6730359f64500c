package dev.tidegate.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How far a batch job is: a bar that is drawn over and over on a terminal, else a line at each
 * tenth of the way.
 */
final class BatchBar implements Consumer<Document> {
    private static final int WIDTH = 30;
    private static final int TENTHS = 10;

    private final PrintWriter err;
    private final boolean isTerminal;
    private int widest;
    private int told = -1;
    private String state = "";

    /**
     * @param isTerminal whether a line can be drawn over
     */
    BatchBar(PrintWriter err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    @Override
    public void accept(Document job) {
        double share = ((Number) job.fields().getOrDefault("progress", 0)).doubleValue();
        String line = line(job, share);
        if (isTerminal) {
            widest = Math.max(widest, line.length());
            err.print("\r" + line + " ".repeat(widest - line.length()));
            err.flush();
        } else if (isNews(job.text("state"), (int) (share * TENTHS))) {
            err.println(line);
            err.flush();
        }
    }

    /** Leaves the bar as it stands. */
    void end() {
        if (isTerminal && widest > 0) {
            err.println();
            err.flush();
        }
    }

    private boolean isNews(String now, int tenth) {
        boolean isNews = !now.equals(state) || tenth > told;
        state = now;
        told = tenth;
        return isNews;
    }

    private static String line(Document job, double share) {
        int full = (int) (share * WIDTH);
        return String.format(
                Locale.ROOT,
                "%-9s [%s%s] %3d %%  %,d rows, %,d failed, %.1f s",
                job.text("state"),
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                (int) (share * 100),
                job.number("rows"),
                job.number("failed"),
                ((Number) job.fields().getOrDefault("seconds", 0)).doubleValue());
    }
}
