package dev.tidegate.server.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The evidence that somebody looked at, as {@code rollout show} names it.
 *
 * @param position the last evidence row in it
 * @param digest SHA-256 of what was shown, hex
 */
public record SeenEvidence(long position, String digest) {
    @Override
    public String toString() {
        return position + ":" + digest;
    }

    /** Reads {@code POSITION:DIGEST}. */
    static final class Converter implements ITypeConverter<SeenEvidence> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,18}):([0-9a-f]+)");

        @Override
        public SeenEvidence convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "expected the field evidence of 'rollout show', such as 42:9f86d0…, got \"%s\""
                                .formatted(text));
            }
            return new SeenEvidence(Long.parseLong(parts.group(1)), parts.group(2));
        }
    }
}
