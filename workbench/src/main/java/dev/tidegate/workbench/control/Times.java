package dev.tidegate.workbench.control;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Prints moments in the one way that all screens share: the time of day in this machine's zone, and
 * date and zone in the tooltip.
 */
public final class Times {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ZONE =
            DateTimeFormatter.ofPattern("'UTC'xxx", Locale.ROOT);
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'xxx '('VV')'", Locale.ROOT);

    private Times() {}

    /** The time of day: {@code 18:36:28}. */
    public static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /**
     * The time of day when that is of the same day as now, else with the date before it: {@code
     * 2026-11-20 18:36:28}.
     */
    public static String clock(Instant at, Instant now) {
        return isSameDay(at, now) ? clock(at) : DATED.format(at.atZone(ZoneId.systemDefault()));
    }

    private static boolean isSameDay(Instant one, Instant other) {
        return LocalDate.ofInstant(one, ZoneId.systemDefault())
                .equals(LocalDate.ofInstant(other, ZoneId.systemDefault()));
    }

    /** The zone that {@link #clock} prints in, at that moment: {@code UTC+05:45}. */
    public static String zone(Instant at) {
        return ZONE.format(at.atZone(ZoneId.systemDefault()));
    }

    /** Date, time and zone: {@code 2026-11-21 18:36:28 UTC+05:45 (Asia/Kathmandu)}. */
    public static String full(Instant at) {
        return FULL.format(at.atZone(ZoneId.systemDefault()));
    }
}
