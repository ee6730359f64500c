package dev.tidegate.server.stats;

import java.util.List;

/**
 * What a rollout's gate asks, and how often it may err.
 *
 * @param guardrails one to eight; bit i of an evidence mask belongs to guardrail i
 * @param alpha chance that a candidate within its margins is rolled back, in (0, 1)
 * @param beta chance that a candidate at a tolerance is called SAFE in a step, in (0, 1)
 * @param sampleRatioAlpha chance that a right split is called wrong, in (0, 1)
 */
public record GatePlan(
        List<Guardrail> guardrails, double alpha, double beta, double sampleRatioAlpha) {
    public static final double DEFAULT_ALPHA = 0.05;
    public static final double DEFAULT_BETA = 0.05;
    public static final double DEFAULT_SAMPLE_RATIO_ALPHA = 0.001;

    /** Guardrails that fit the bits of an evidence mask. */
    public static final int MOST_GUARDRAILS = 8;

    private static final double SHARE_OF_ERRORS = 0.6;

    public GatePlan {
        guardrails = List.copyOf(guardrails);
        if (guardrails.isEmpty() || guardrails.size() > MOST_GUARDRAILS) {
            throw new IllegalArgumentException(
                    guardrails.size() + " guardrails, expected 1 to " + MOST_GUARDRAILS);
        }
        if (guardrails.stream().map(Guardrail::name).distinct().count() < guardrails.size()) {
            throw new IllegalArgumentException(
                    "two guardrails of one name in "
                            + guardrails.stream().map(Guardrail::name).toList());
        }
        requireProbability("alpha", alpha);
        requireProbability("beta", beta);
        requireProbability("alpha of the sample ratio", sampleRatioAlpha);
    }

    public GatePlan(List<Guardrail> guardrails) {
        this(guardrails, DEFAULT_ALPHA, DEFAULT_BETA, DEFAULT_SAMPLE_RATIO_ALPHA);
    }

    /**
     * Returns the share of alpha of one guardrail: 0.6 of it for errors and the rest in equal
     * parts, all of it where only one kind is there.
     */
    public double alphaOf(int guardrail) {
        long errors = guardrails.stream().filter(GatePlan::asksForErrors).count();
        long others = guardrails.size() - errors;
        if (errors == 0 || others == 0) {
            return alpha / guardrails.size();
        }
        return asksForErrors(guardrails.get(guardrail))
                ? alpha * SHARE_OF_ERRORS / errors
                : alpha * (1 - SHARE_OF_ERRORS) / others;
    }

    private static boolean asksForErrors(Guardrail guardrail) {
        return guardrail.kind() instanceof GuardrailKind.Errors;
    }

    private static void requireProbability(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + ", expected one within (0, 1)");
        }
    }
}
