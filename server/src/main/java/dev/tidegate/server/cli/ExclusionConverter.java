package dev.tidegate.server.cli;

import dev.tidegate.server.retraining.Exclusion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code COLUMN=VALUE}. */
final class ExclusionConverter implements ITypeConverter<Exclusion> {
    @Override
    public Exclusion convert(String text) {
        try {
            return Exclusion.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
