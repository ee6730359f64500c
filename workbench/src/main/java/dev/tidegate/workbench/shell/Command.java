package dev.tidegate.workbench.shell;

import java.util.Arrays;
import java.util.Locale;

/**
 * Something that the palette can do by name.
 *
 * @param kind "screen", "model", "rollout" or "action"
 * @param reason why it cannot be done now; empty when it can
 */
public record Command(String kind, String name, String reason, Runnable action) {
    public static Command of(String kind, String name, Runnable action) {
        return new Command(kind, name, "", action);
    }

    public boolean isEnabled() {
        return reason.isEmpty();
    }

    /** Whether all words of the query occur in the name or kind. */
    boolean matches(String query) {
        String text = (kind + " " + name).toLowerCase(Locale.ROOT);
        return query.toLowerCase(Locale.ROOT)
                .strip()
                .lines()
                .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
                .allMatch(text::contains);
    }
}
