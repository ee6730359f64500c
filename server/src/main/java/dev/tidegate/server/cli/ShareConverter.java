package dev.tidegate.server.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads shares such as {@code 10%} or {@code 0.1}. */
final class ShareConverter implements ITypeConverter<Double> {
    private static final int WHOLE = 100;

    @Override
    public Double convert(String text) {
        double share = share(text);
        if (!(share >= 0 && share <= 1)) {
            throw unfit(text);
        }
        return share;
    }

    private static double share(String text) {
        try {
            return text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / WHOLE
                    : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw unfit(text);
        }
    }

    private static TypeConversionException unfit(String text) {
        return new TypeConversionException(
                "expected a share from 0%% to 100%%, such as 10%% or 0.1, got \"%s\""
                        .formatted(text));
    }
}
