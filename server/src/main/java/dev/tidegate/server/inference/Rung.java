package dev.tidegate.server.inference;

/** Who answers a request that its routed version did not answer. */
enum Rung {
    /** The version that the request was routed to, or named. */
    ROUTED,
    /** The champion, for a candidate. */
    CHAMPION,
    /** The earlier version of the model's ladder. */
    VERSION,
    /** The rules of the model's ladder. */
    RULES,
    /** Nobody: the request fails. */
    NONE;

    /** Returns the rung below, of those that this request has. */
    Rung below(boolean candidates, Ladder ladder) {
        return switch (this) {
            case ROUTED -> candidates ? CHAMPION : CHAMPION.below(false, ladder);
            case CHAMPION ->
                    ladder.versionId().isPresent() ? VERSION : VERSION.below(false, ladder);
            case VERSION -> ladder.hasRules() ? RULES : NONE;
            case RULES, NONE -> NONE;
        };
    }
}
