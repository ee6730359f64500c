package dev.tidegate.server.stats;

/**
 * Yes/no trials of one arm: a unit's first request in a step each.
 *
 * @param count trials, at least 0; fractional in forecasts
 * @param events trials with the event, 0 to count
 */
record Trials(double count, double events) {
    static final Trials NONE = new Trials(0, 0);

    Trials {
        if (!(events >= 0 && events <= count && count < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    events + " events in " + count + " trials, expected 0 to as many as trials");
        }
    }

    /** Returns the observed rate, NaN without trials. */
    double rate() {
        return events / count;
    }
}
