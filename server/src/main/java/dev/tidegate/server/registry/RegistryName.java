package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.regex.Pattern;

/** What models, versions and aliases may be called. */
public final class RegistryName {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private RegistryName() {}

    /** Returns whether something may be called so; what may not, is not there. */
    public static boolean isPossible(String name) {
        return ALLOWED.matcher(name).matches();
    }

    static String require(String what, String name) {
        if (!isPossible(name)) {
            throw TidegateException.invalid(
                    "%s '%s' came, expected 1 to 100 letters, digits, '.', '_' or '-', a letter or digit first"
                            .formatted(what, Excerpt.of(name)));
        }
        return name;
    }
}
