package dev.tidegate.server.rollout;

import dev.tidegate.server.routing.Salt;
import dev.tidegate.server.stats.Insufficiency;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A rollout as it is stored.
 *
 * @param step index of the plan's step in force; -1 while the champion is watched before the first
 * @param revision raised by each change
 * @param reason why it is in its state, in one sentence
 * @param waitingFor what it waits for, empty when for nothing
 */
public record Rollout(
        UUID id,
        String model,
        long modelId,
        String champion,
        long championId,
        String candidate,
        long candidateId,
        RolloutPlan plan,
        String planDigest,
        Salt salt,
        RolloutState state,
        int step,
        long revision,
        String reason,
        String waitingFor,
        String startedBy,
        String startedById,
        Instant startedAt,
        Instant stepEnteredAt,
        Optional<Instant> endedAt) {

    static final int WATCHING = -1;

    /** Returns the candidate's weight in force. */
    double weight() {
        if (state == RolloutState.PROMOTED) {
            return 1;
        }
        return state.hasEnded() || step == WATCHING ? 0 : plan.steps().get(step).ramp().weight();
    }

    String subject() {
        return "rollout/" + id;
    }

    /** Returns it as it shows while nobody judges it. */
    Rollout unjudged(Insufficiency why) {
        return new Rollout(
                id,
                model,
                modelId,
                champion,
                championId,
                candidate,
                candidateId,
                plan,
                planDigest,
                salt,
                state,
                step,
                revision,
                why.text(),
                "the leader",
                startedBy,
                startedById,
                startedAt,
                stepEnteredAt,
                endedAt);
    }
}
