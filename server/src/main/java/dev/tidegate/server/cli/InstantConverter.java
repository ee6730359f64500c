package dev.tidegate.server.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads points of time such as {@code 2026-01-31T08:00:00Z}, or {@code 10m} for ten minutes ago.
 */
final class InstantConverter implements ITypeConverter<Instant> {
    private final Clock clock;

    InstantConverter() {
        this(Clock.systemUTC());
    }

    InstantConverter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        if (text.indexOf('T') < 0) {
            return clock.instant().minus(new DurationConverter().convert(text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "expected a time such as 2026-01-31T08:00:00Z or 10m, got \"%s\""
                            .formatted(text));
        }
    }
}
