package dev.tidegate.server.stats;

import java.util.Arrays;

/**
 * An e-process against "the running mean of the event probabilities is p", by a fixed mixture of
 * bets.
 *
 * <p>Trial t has its event with probability pₜ given the past. For a fixed λ, exp(λSₙ)/Π(1 − pₜ +
 * pₜe^λ) is a martingale. log(1 − p + pe^λ) is concave in p, so by Jensen the denominator is at
 * most (1 − p̄ + p̄e^λ)ⁿ with p̄ the running mean, and
 *
 * <pre>  Eₙ(p̄) = Σ wₖ exp(λₖSₙ) / (1 − p̄ + p̄e^{λₖ})ⁿ</pre>
 *
 * <p>is dominated by a martingale that starts at 1: valid for varying probabilities and any number
 * of looks. λ = −∞ is the bet on no event at all and makes the bound fall like 1/n as long as none
 * is seen; λ = 0 is a part not bet, so that E never falls below its weight. log E is convex in p (a
 * log-sum-exp of −n log of functions affine in p).
 *
 * <p>Source: Howard, Ramdas, McAuliffe, Sekhon, "Time-uniform, nonparametric, nonasymptotic
 * confidence sequences", Annals of Statistics 2021: sub-Bernoulli processes (table 3) and the
 * mixture method (section 3.3), with a discrete mixture.
 */
final class RateBets {
    private static final double BOLDEST = 1.5; // greatest e^λ − 1 of the bets on a higher rate
    private static final double NEGLIGIBLE = 45; // e^-45 of a sum is below its last bit

    private final double[] ratios;
    private final double[] lambdas;
    private final double[] logWeights;

    private RateBets(double[] ratios, double[] weights) {
        this.ratios = ratios;
        this.lambdas = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            lambdas[i] = StrictMath.log(ratios[i]);
        }
        this.logWeights = LogSum.normalisedLogs(weights);
    }

    /**
     * Returns bets that the rate is below p: e^λ = 0 with a quarter of the stake, the rest on 1 −
     * δ, δ from 0.01 to 0.9.
     */
    static RateBets below() {
        double[] deltas = OddsGrid.logSpaced(0.01, 0.9, 20);
        double[] ratios = new double[deltas.length + 1];
        for (int i = 0; i < deltas.length; i++) {
            ratios[i + 1] = 1 - deltas[i];
        }
        return new RateBets(ratios, stakes(0.25, ratios.length));
    }

    /**
     * Returns bets that the rate is above p: a third not bet, the rest on e^λ = 1 + δ, δ from 0.005
     * to 1.5.
     */
    static RateBets above() {
        double[] deltas = OddsGrid.logSpaced(0.005, BOLDEST, 20);
        double[] ratios = new double[deltas.length + 1];
        ratios[0] = 1;
        for (int i = 0; i < deltas.length; i++) {
            ratios[i + 1] = 1 + deltas[i];
        }
        return new RateBets(ratios, stakes(1.0 / 3, ratios.length));
    }

    /** Returns the most that log E of {@link #above} can gain by one event. */
    static double greatestWin() {
        return StrictMath.log1p(BOLDEST);
    }

    private static double[] stakes(double first, int bets) {
        double[] stakes = new double[bets];
        Arrays.fill(stakes, (1 - first) / (bets - 1));
        stakes[0] = first;
        return stakes;
    }

    /**
     * Returns log E at a rate with its slope in the rate; the value is +∞ where the data exclude
     * the rate altogether.
     */
    Tangent against(double rate, Trials trials) {
        double[] terms = terms(rate, trials);
        double max = LogSum.max(terms);
        if (Double.isInfinite(max)) {
            return new Tangent(rate, max, Double.POSITIVE_INFINITY);
        }
        double sum = 0;
        double slopes = 0;
        for (int i = 0; i < terms.length; i++) {
            if (terms[i] > max - NEGLIGIBLE) {
                double share = StrictMath.exp(terms[i] - max);
                double step = ratios[i] - 1;
                sum += share;
                slopes -= share * step / (1 + rate * step);
            }
        }
        return new Tangent(rate, max + StrictMath.log(sum), trials.count() * slopes / sum);
    }

    private double[] terms(double rate, Trials trials) {
        double[] terms = new double[ratios.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] =
                    lost(i, trials)
                            ? Double.NEGATIVE_INFINITY
                            : logWeights[i] + gain(i, trials) - loss(i, rate, trials);
        }
        return terms;
    }

    /** Returns whether the bet on no event at all has lost its whole stake. */
    private boolean lost(int bet, Trials trials) {
        return ratios[bet] == 0 && trials.events() > 0;
    }

    private double gain(int bet, Trials trials) {
        return trials.events() == 0 ? 0 : trials.events() * lambdas[bet];
    }

    private double loss(int bet, double rate, Trials trials) {
        return trials.count() == 0
                ? 0
                : trials.count() * StrictMath.log1p(rate * (ratios[bet] - 1));
    }
}
