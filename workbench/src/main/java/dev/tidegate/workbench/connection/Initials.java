package dev.tidegate.workbench.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A person in two letters. */
public final class Initials {
    private Initials() {}

    public static String of(String name) {
        return Arrays.stream(name.trim().split("[\\s._-]+", -1))
                .filter(word -> !word.isEmpty())
                .limit(2)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
