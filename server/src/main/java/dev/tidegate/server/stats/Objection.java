package dev.tidegate.server.stats;

/**
 * A pair of rates that some data did not exclude: log E stood below the threshold there. As one
 * trial can lift E only so far, it stays standing for a while without being computed again.
 *
 * @param rate the champion's rate of the pair
 * @param margin the edge that the candidate's rate lies on
 * @param value log E at the pair, or more
 * @param threshold where the pair would be excluded
 * @param champion the data
 * @param candidate the data
 */
record Objection(
        double rate,
        Margin margin,
        double value,
        double threshold,
        Trials champion,
        Trials candidate) {
    private static final double SLACK = 1e-9; // against rounding

    /**
     * Returns whether more data of the same arms cannot have excluded the pair yet: a trial of the
     * candidate multiplies E by 1/(1 − q) at most, an event of the champion by the greatest bet's
     * win, and everything else by 1 at most.
     */
    boolean stands(Trials laterChampion, Trials laterCandidate) {
        double trials = laterCandidate.count() - candidate.count();
        double events = laterChampion.events() - champion.events();
        double most =
                trials * -StrictMath.log1p(-Math.min(1, margin.at(rate)))
                        + events * RateBets.greatestWin();
        return value + most < threshold - SLACK;
    }
}
