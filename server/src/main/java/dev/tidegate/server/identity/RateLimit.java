package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;

/**
 * How fast a key may ask.
 *
 * @param rate requests a second
 * @param burst requests that may come at once after a pause, at least 1
 */
record RateLimit(double rate, int burst) {
    /** Beyond it the pause between two requests is less than a nanosecond. */
    private static final double FASTEST = 1e9;

    RateLimit {
        if (!(rate > 0) || rate > FASTEST || burst < 1) {
            throw TidegateException.invalid(
                    "rate limit of %s requests a second with a burst of %d; expected a rate above 0 and at most 1000000000, and a burst of at least 1"
                            .formatted(rate, burst));
        }
    }

    /** Returns a limit whose burst, when none is given, is what one second allows. */
    static RateLimit of(double rate, int burst) {
        return new RateLimit(rate, burst == 0 ? (int) Math.clamp(Math.ceil(rate), 1, 1e9) : burst);
    }

    /** Returns the rate as a person writes it. */
    @Override
    public String toString() {
        return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
    }
}
