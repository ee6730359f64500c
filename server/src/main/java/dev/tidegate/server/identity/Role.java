package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.Arrays;
import java.util.Locale;

/** What a principal may do. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Registers, trains, starts and ends rollouts. */
    ENGINEER,
    /** Approves. */
    APPROVER,
    /** Looks. */
    VIEWER,
    /** Asks models. */
    INFERENCE;

    /** Returns the role's name as users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                TidegateException.invalid(
                                        "role '"
                                                + label
                                                + "' is unknown; expected one of "
                                                + Arrays.stream(values())
                                                        .map(Role::label)
                                                        .toList()));
    }
}
