package dev.tidegate.server.benchmark.result;

import java.util.List;
import java.util.Locale;

/**
 * Something that the project promises, and what was measured of it.
 *
 * @param what is promised
 * @param bound which side of the limit is the good one
 * @param limit that is promised
 * @param measured what was measured; NaN keeps no promise
 * @param unit of both, with the blank before it
 */
public record Promise(String what, Bound bound, double limit, double measured, String unit) {
    /** Which side of a limit is the good one. */
    public enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    public static Promise atLeast(String what, double limit, double measured, String unit) {
        return new Promise(what, Bound.AT_LEAST, limit, measured, unit);
    }

    public static Promise atMost(String what, double limit, double measured, String unit) {
        return new Promise(what, Bound.AT_MOST, limit, measured, unit);
    }

    /** Returns whether what was measured is on the good side of the limit, or at it. */
    public boolean holds() {
        return switch (bound) {
            case AT_LEAST -> measured >= limit;
            case AT_MOST -> measured <= limit;
        };
    }

    /** Returns a Markdown table of promises. */
    public static String table(List<Promise> promises) {
        MarkdownTable table = new MarkdownTable("promised", "limit", "measured", "kept");
        for (Promise each : promises) {
            table.row(
                    each.what,
                    each.bound.words + " " + number(each.limit) + each.unit,
                    number(each.measured) + each.unit,
                    each.holds() ? "yes" : "**no**");
        }
        return table.text();
    }

    /** Returns a part's text with the promises below it. */
    public static Measured judged(String text, List<Promise> promises) {
        return new Measured(
                text + "\n" + table(promises), promises.stream().allMatch(Promise::holds));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
