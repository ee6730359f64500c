package dev.tidegate.server.routing;

import dev.tidegate.server.platform.error.TidegateException;

/**
 * A fallback that is to be set.
 *
 * @param requestId a repeat with the same id changes nothing; empty: no such promise
 * @param expectedRevision of the fallback that it replaces; 0 means any, {@link #NONE_YET} that
 *     there is none yet
 * @param version empty for none
 * @param rules empty for none
 */
public record NewFallback(
        String requestId, long expectedRevision, String model, String version, String rules) {
    /** Expected by who has seen that a model has no fallback. */
    public static final long NONE_YET = -1;

    /** Characters of a rule set, far above any that a person would read. */
    private static final int LONGEST = 65_536;

    public NewFallback {
        if (rules.length() > LONGEST) {
            throw TidegateException.invalid(
                    "rules of %d characters came, expected at most %d"
                            .formatted(rules.length(), LONGEST));
        }
    }

    boolean hasRungs() {
        return !version.isEmpty() || !rules.isEmpty();
    }
}
