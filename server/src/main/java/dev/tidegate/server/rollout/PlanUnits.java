package dev.tidegate.server.rollout;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares and durations as people write them in plans. */
final class PlanUnits {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(366);

    private PlanUnits() {}

    /** Returns a share in (0, 1) from {@code 5%} or {@code 0.05}. */
    static double weight(String field, String text) {
        String number = text.strip();
        boolean percent = number.endsWith("%");
        try {
            double value =
                    Double.parseDouble(
                            percent ? number.substring(0, number.length() - 1).strip() : number);
            return percent ? value / 100 : value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    field + " is '" + text + "', expected for example 5% or 0.05");
        }
    }

    /** Returns a duration of at most 366 days from {@code 500ms}, {@code 10s} or {@code 1d}. */
    static Duration duration(String field, String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    field + " is '" + text + "', expected for example 500ms, 10s, 5m, 2h or 1d");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = of(amount, matcher.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    field + " is '" + text + "', expected at most " + LONGEST.toDays() + "d");
        }
        return duration;
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
