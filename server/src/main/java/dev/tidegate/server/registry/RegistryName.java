package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.regex.Pattern;

/** What models, versions and aliases may be called. */
final class RegistryName {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private RegistryName() {}

    static String require(String what, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw TidegateException.invalid(
                    "%s '%s' came, expected 1 to 100 letters, digits, '.', '_' or '-', a letter or digit first"
                            .formatted(what, name));
        }
        return name;
    }
}
