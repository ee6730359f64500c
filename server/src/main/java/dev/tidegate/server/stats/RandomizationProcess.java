package dev.tidegate.server.stats;

import java.util.Arrays;

/**
 * The randomisation e-process: does an event fall on the candidate oftener than the split alone
 * explains?
 *
 * <p>Event i falls on the candidate with a known probability wᵢ if the arm makes no difference.
 * Under an odds multiplier ρ the probability is wᵢρ/(1 − wᵢ + wᵢρ). The likelihood ratio after n
 * events, C of them on the candidate, is
 *
 * <pre>  Lₙ(ρ) = ρ^C / Π (1 − wᵢ + wᵢρ),</pre>
 *
 * <p>a product of factors with conditional mean 1, hence a martingale that starts at 1 for every ρ,
 * whatever the wᵢ are, as long as each is known before its event. A mixture over a fixed grid of ρ
 * is one too, so by Ville's inequality P(∃n: eₙ ≥ 1/α) ≤ α under any number of looks. With ρ > 1
 * only, it is one-sided: if a unit's event never comes earlier on the candidate, then a unit that
 * has shown no event yet is more likely on the candidate, its own conditional expectation lies
 * above its present factor, and e is dominated by the product of those martingales.
 *
 * <p>L depends on the data only through C and the number of events at each weight, which is all
 * that is stored: adding an event is a counter, and the value does not depend on the order of
 * events.
 *
 * <p>Source: Lindon and Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022
 * (arXiv 2011.03567), section 3, with a discrete mixture in place of the Dirichlet so that the null
 * may vary from event to event; Ville's inequality as in Howard et al., "Time-uniform Chernoff
 * bounds via nonnegative supermartingales", 2020, equation (2.1).
 */
final class RandomizationProcess {
    private final OddsGrid grid;
    private double[] weights = {};
    private double[][] normalisers = {};
    private long[] counts = {};
    private long onCandidate;
    private int last = -1;

    RandomizationProcess(OddsGrid grid) {
        this.grid = grid;
    }

    /**
     * Counts one event.
     *
     * @param candidate whether it fell on the candidate
     * @param weight the probability of that if the arm makes no difference, in (0, 1); 0 and 1
     *     carry no information and are refused
     */
    void add(boolean candidate, double weight) {
        if (!(weight > 0 && weight < 1)) {
            throw new IllegalArgumentException("weight " + weight + ", expected one within (0, 1)");
        }
        if (last < 0 || weights[last] != weight) {
            last = slot(weight);
        }
        counts[last]++;
        if (candidate) {
            onCandidate++;
        }
    }

    /** Returns the logarithm of the e-value, 0 before any event. */
    double logE() {
        return LogSum.of(terms());
    }

    /** Returns whether the e-value is at least e^threshold; cheap when it is far below. */
    boolean reaches(double threshold) {
        double[] terms = terms();
        return LogSum.max(terms) + StrictMath.log(terms.length) >= threshold
                && LogSum.of(terms) >= threshold;
    }

    long events() {
        return Arrays.stream(counts).sum();
    }

    long eventsOnCandidate() {
        return onCandidate;
    }

    private double[] terms() {
        double[] terms = new double[grid.size()];
        for (int point = 0; point < terms.length; point++) {
            double term = grid.logWeight(point) + onCandidate * grid.logMultiplier(point);
            for (int i = 0; i < counts.length; i++) {
                term -= counts[i] * normalisers[i][point];
            }
            terms[point] = term;
        }
        return terms;
    }

    private int slot(double weight) {
        int found = Arrays.binarySearch(weights, weight);
        return found >= 0 ? found : insert(-found - 1, weight);
    }

    private int insert(int at, double weight) {
        weights = Arrays.copyOf(weights, weights.length + 1);
        normalisers = Arrays.copyOf(normalisers, weights.length);
        counts = Arrays.copyOf(counts, weights.length);
        for (int i = weights.length - 1; i > at; i--) {
            weights[i] = weights[i - 1];
            normalisers[i] = normalisers[i - 1];
            counts[i] = counts[i - 1];
        }
        weights[at] = weight;
        normalisers[at] = normalisersAt(weight);
        counts[at] = 0;
        return at;
    }

    private double[] normalisersAt(double weight) {
        double[] logs = new double[grid.size()];
        for (int point = 0; point < logs.length; point++) {
            logs[point] = grid.logNormaliser(point, weight);
        }
        return logs;
    }
}
