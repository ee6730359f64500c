package dev.tidegate.workbench.control;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Prints numbers as the screens show them: at most three significant figures, with the unit. */
public final class Figures {
    /** What stands where there is no number. */
    public static final String NONE = "–";

    private Figures() {}

    /** At most three significant figures, without trailing zeros: {@code 0.848}, {@code 12.3}. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
        return rounded.signum() == 0
                ? "0"
                : rounded.stripTrailingZeros().toPlainString().replace('-', '−');
    }

    /** As {@link #plain}, but with two figures below a tenth, where large type has no room. */
    public static String brief(double value) {
        return plain(
                Math.abs(value) < 0.1
                        ? new BigDecimal(value)
                                .round(new MathContext(2, RoundingMode.HALF_EVEN))
                                .doubleValue()
                        : value);
    }

    /** Exactly {@code decimals} digits after the point. */
    public static String fixed(double value, int decimals) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%." + decimals + "f", value)
                : NONE;
    }

    /** A whole number with thousands separated. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** The number with its noun in the right form: {@code 1 unit}, {@code 1,204 units}. */
    public static String counted(long value, String one, String many) {
        return count(value) + " " + (value == 1 ? one : many);
    }

    /** The number of {@link #rateUnit}: thousands from a thousand on. */
    public static String rateNumber(double perSecond) {
        return plain(perSecond >= 1000 ? perSecond / 1000 : perSecond);
    }

    public static String rateUnit(double perSecond) {
        return perSecond >= 1000 ? "k/s" : "/s";
    }

    public static String rate(double perSecond) {
        return Double.isFinite(perSecond)
                ? rateNumber(perSecond) + " " + rateUnit(perSecond)
                : NONE;
    }

    /** A share as per cent: {@code 0.0123} is {@code 1.23 %}. */
    public static String percent(double share) {
        return Double.isFinite(share) ? plain(100 * share) + " %" : NONE;
    }

    /** Bytes in the largest fitting unit: {@code 1.2 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1_000_000) {
            return plain(bytes / 1e3) + " kB";
        }
        return bytes < 1_000_000_000 ? plain(bytes / 1e6) + " MB" : plain(bytes / 1e9) + " GB";
    }

    /** A difference of shares in percentage points, always with its sign. */
    public static String points(double difference) {
        return Double.isFinite(difference) ? signed(100 * difference) + " pp" : NONE;
    }

    /** A number with its sign, two digits after the point. */
    public static String signed(double value) {
        String digits = fixed(Math.abs(value), 2);
        if (digits.equals("0.00")) {
            return "±0.00";
        }
        return (value < 0 ? "−" : "+") + digits;
    }

    /** Microseconds as milliseconds: {@code 12300} is {@code 12.3}. */
    public static String millisNumber(double micros) {
        return plain(micros / 1000);
    }

    public static String millis(double micros) {
        return Double.isFinite(micros) ? millisNumber(micros) + " ms" : NONE;
    }

    public static String millis(Duration duration) {
        return millis(duration.toNanos() / 1000.0);
    }

    /**
     * How long, in the largest fitting unit: {@code 0.8 s}, {@code 42 s}, {@code 4 min}, {@code 3
     * h}.
     */
    public static String duration(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 10) {
            return fixed(Math.max(0, seconds), 1) + " s";
        }
        if (seconds < 120) {
            return Math.round(seconds) + " s";
        }
        return seconds < 7200 ? Math.round(seconds / 60) + " min" : plain(seconds / 3600) + " h";
    }

    /** Whole seconds below two minutes, so that nothing jitters: {@code 42 s}, {@code 4 min}. */
    public static String about(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** How long ago on an axis of time: {@code now}, {@code −30 s}, {@code −4 min}. */
    public static String ago(double seconds) {
        if (seconds < 0.5) {
            return "now";
        }
        return seconds < 120
                ? "−" + Math.round(seconds) + " s"
                : "−" + plain(seconds / 60) + " min";
    }

    /** Minutes and seconds since a start: {@code 3:07}. */
    public static String clock(double seconds) {
        long whole = Math.round(seconds);
        String sign = whole < 0 ? "−" : "";
        long positive = Math.abs(whole);
        return positive < 3600
                ? String.format(Locale.ROOT, "%s%d:%02d", sign, positive / 60, positive % 60)
                : String.format(
                        Locale.ROOT,
                        "%s%d:%02d:%02d",
                        sign,
                        positive / 3600,
                        positive / 60 % 60,
                        positive % 60);
    }

    /** The sentence with a capital at its start. */
    public static String sentence(String words) {
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** An id or digest with its middle left out, at most {@code length} characters. */
    public static String shortened(String id, int length) {
        if (id.length() <= length) {
            return id;
        }
        int head = (length - 1 + 1) / 2;
        return id.substring(0, head) + "…" + id.substring(id.length() - (length - 1 - head));
    }
}
