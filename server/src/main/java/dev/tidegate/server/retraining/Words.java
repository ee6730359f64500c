package dev.tidegate.server.retraining;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words of commands and documents for constants: lower case. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the constant that a word means.
     *
     * @throws IllegalArgumentException when it means none; the message lists the words that do
     */
    static <E extends Enum<E>> E parse(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "expected one of %s, got \"%s\""
                                                .formatted(all(type), word)));
    }

    private static <E extends Enum<E>> List<String> all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }
}
