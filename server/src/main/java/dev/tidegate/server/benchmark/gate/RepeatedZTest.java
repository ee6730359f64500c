package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.stats.ArmSecond;
import dev.tidegate.server.stats.GatePlan;
import java.util.Collection;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What many dashboards do: a one-sided two-proportion z-test on all requests so far, repeated at
 * each look at its full level. Here only to be compared with.
 */
final class RepeatedZTest {
    private static final int FEWEST_EVENTS =
            10; // below that nobody trusts the normal approximation

    private final double[] critical;
    private final Sums champion;
    private final Sums candidate;
    private boolean fired;

    RepeatedZTest(GatePlan plan) {
        int guardrails = plan.guardrails().size();
        this.critical = new double[guardrails];
        this.champion = new Sums(guardrails);
        this.candidate = new Sums(guardrails);
        NormalDistribution normal = new NormalDistribution();
        for (int i = 0; i < guardrails; i++) {
            critical[i] = -normal.inverseCumulativeProbability(plan.alphaOf(i));
        }
    }

    void look(Collection<ArmSecond> rows) {
        for (ArmSecond row : rows) {
            switch (row.arm()) {
                case CHAMPION -> champion.add(row);
                case CANDIDATE -> candidate.add(row);
            }
        }
        for (int i = 0; i < critical.length && !fired; i++) {
            fired = statistic(i) > critical[i];
        }
    }

    boolean hasFired() {
        return fired;
    }

    private double statistic(int guardrail) {
        double n0 = champion.requests;
        double n1 = candidate.requests;
        double s0 = champion.events[guardrail];
        double s1 = candidate.events[guardrail];
        double pooled = (s0 + s1) / (n0 + n1);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1));
        return s0 + s1 < FEWEST_EVENTS ? 0 : (s1 / n1 - s0 / n0) / deviation;
    }

    private static final class Sums {
        private final long[] events;
        private long requests;

        Sums(int guardrails) {
            this.events = new long[guardrails];
        }

        void add(ArmSecond row) {
            requests += row.requests();
            for (int i = 0; i < events.length; i++) {
                events[i] += row.events()[i];
            }
        }
    }
}
