package dev.tidegate.server.platform.time;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Spans and points of time as people read them, in messages and tables. */
public final class ReadableTime {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private ReadableTime() {}

    /** Returns for example {@code 250 ms}, {@code 8.8 s}, {@code 2 min 5 s} or {@code 1 d 3 h}. */
    public static String of(Duration span) {
        if (span.isNegative()) {
            return "-" + of(span.negated());
        }
        if (span.compareTo(SECOND) < 0) {
            return belowSecond(span);
        }
        BigDecimal seconds =
                BigDecimal.valueOf(span.toMillis(), 3).setScale(1, RoundingMode.HALF_UP);
        if (seconds.compareTo(BigDecimal.valueOf(MINUTE.toSeconds())) < 0) {
            return plain(seconds) + " s";
        }
        return inTwoUnits(span);
    }

    /** Returns the time in UTC, to the second. */
    public static String of(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String belowSecond(Duration span) {
        BigDecimal millis =
                BigDecimal.valueOf(span.toNanos(), 6)
                        .round(new MathContext(3))
                        .stripTrailingZeros();
        return millis.compareTo(BigDecimal.valueOf(1000)) < 0 ? plain(millis) + " ms" : "1 s";
    }

    private static String inTwoUnits(Duration span) {
        Duration whole = rounded(span, SECOND);
        if (whole.compareTo(HOUR) < 0) {
            return pair(whole.toMinutes(), "min", whole.toSecondsPart(), "s");
        }
        whole = rounded(span, MINUTE);
        if (whole.compareTo(DAY) < 0) {
            return pair(whole.toHours(), "h", whole.toMinutesPart(), "min");
        }
        whole = rounded(span, HOUR);
        return pair(whole.toDays(), "d", whole.toHoursPart(), "h");
    }

    private static Duration rounded(Duration span, Duration unit) {
        return unit.multipliedBy(span.plus(unit.dividedBy(2)).dividedBy(unit));
    }

    private static String pair(long first, String unit, int second, String lesser) {
        return first + " " + unit + (second == 0 ? "" : " " + second + " " + lesser);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
