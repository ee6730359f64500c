package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * Second tries of requests that wait for their first for long.
 *
 * @param after none: never; otherwise when, or from the measured times
 * @param share of the requests that may be tried twice, at most
 */
public record Hedging(Start after, double share) {
    private static final String P95 = "p95";
    private static final String OFF = "off";

    public Hedging {
        if (!(share >= 0 && share <= 1)) {
            throw TidegateException.invalid(
                    "a share of %s hedged requests came, expected 0 to 1".formatted(share));
        }
    }

    /** When a second try begins. */
    public sealed interface Start {
        /** Never. */
        record Never() implements Start {
            @Override
            public String toString() {
                return OFF;
            }
        }

        /** When the first takes longer than 95 % of the newest requests. */
        record Slowest() implements Start {
            @Override
            public String toString() {
                return P95;
            }
        }

        /** After a fixed time. */
        record After(Duration time) implements Start {
            public After {
                if (!time.isPositive()) {
                    throw TidegateException.invalid(
                            "hedging after %s came, expected more than none".formatted(time));
                }
            }

            @Override
            public String toString() {
                return time.toString();
            }
        }

        /** Returns what {@code p95}, {@code off} or an ISO 8601 duration means. */
        static Start parse(String text) {
            try {
                return switch (text) {
                    case P95 -> new Slowest();
                    case OFF -> new Never();
                    default -> new After(Duration.parse(text));
                };
            } catch (DateTimeParseException e) {
                throw TidegateException.invalid(
                        "hedging after '%s' came, expected p95, off or a time such as PT0.03S"
                                .formatted(Excerpt.of(text)));
            }
        }
    }
}
