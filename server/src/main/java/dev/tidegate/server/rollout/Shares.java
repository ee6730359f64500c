package dev.tidegate.server.rollout;

import java.math.BigDecimal;
import java.math.MathContext;

/** Shares as people read them. */
public final class Shares {
    private Shares() {}

    /** Returns for example {@code 5 %}. */
    public static String percent(double share) {
        return BigDecimal.valueOf(share * 100)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
