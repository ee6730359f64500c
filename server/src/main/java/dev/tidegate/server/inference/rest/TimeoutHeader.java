package dev.tidegate.server.inference.rest;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a client waits, as gRPC writes it: up to 8 digits and one of H, M, S, m, u, n. */
final class TimeoutHeader {
    static final String NAME = "grpc-timeout";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");

    private TimeoutHeader() {}

    /** Returns nanoseconds; the greatest value when the header did not come. */
    static long nanos(@Nullable String header) {
        if (header == null) {
            return Long.MAX_VALUE;
        }
        Matcher matcher = FORM.matcher(header.strip());
        if (!matcher.matches()) {
            throw TidegateException.invalid(
                    "header %s is '%s', expected digits and a unit, such as 250m for 250 milliseconds"
                            .formatted(NAME, Excerpt.of(header)));
        }
        return unit(matcher.group(2)).toNanos(Long.parseLong(matcher.group(1)));
    }

    private static TimeUnit unit(String letter) {
        return switch (letter) {
            case "H" -> TimeUnit.HOURS;
            case "M" -> TimeUnit.MINUTES;
            case "S" -> TimeUnit.SECONDS;
            case "m" -> TimeUnit.MILLISECONDS;
            case "u" -> TimeUnit.MICROSECONDS;
            default -> TimeUnit.NANOSECONDS;
        };
    }
}
