package dev.tidegate.server.stats;

/**
 * The evidence while one weight was in force without a break. Rates are compared within a stratum
 * only: pooled over changing weights, a base rate that moves would look like a difference of arms
 * (Simpson's paradox).
 */
final class Stratum {
    private final double weight;
    private final ArmTotals champion;
    private final ArmTotals candidate;

    Stratum(double weight, int guardrails) {
        this.weight = weight;
        this.champion = new ArmTotals(guardrails);
        this.candidate = new ArmTotals(guardrails);
    }

    double weight() {
        return weight;
    }

    ArmTotals of(Arm arm) {
        return switch (arm) {
            case CHAMPION -> champion;
            case CANDIDATE -> candidate;
        };
    }
}
