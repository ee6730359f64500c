package dev.tidegate.server.stats;

/**
 * One question that a rollout must answer for every yes/no event of its requests.
 *
 * @param name the guardrail's name in the plan
 * @param kind what makes a request an event
 * @param tolerance how much worse the candidate may be for SAFE
 */
public record Guardrail(String name, GuardrailKind kind, Tolerance tolerance) {
    public Guardrail {
        if (name.isBlank()) {
            throw new IllegalArgumentException("guardrail without a name");
        }
    }
}
