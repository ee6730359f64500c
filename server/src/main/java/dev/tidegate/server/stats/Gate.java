package dev.tidegate.server.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges a rollout by its evidence: fold rows in, then ask as often as you like.
 *
 * <p>HARMFUL is latched: the chance that a candidate which makes no unit's first event come earlier
 * is ever called so is alpha at most, over all guardrails, steps and looks together. SAFE is not
 * latched: within each step, the chance that a guardrail whose rates differ by the tolerance or
 * more is ever called so is beta at most; as moving on needs every guardrail SAFE, none of them has
 * to share it (intersection-union test). INSUFFICIENT is everything that cannot be judged.
 *
 * <p>Not thread-safe.
 */
public final class Gate {
    private final GatePlan plan;
    private final RolloutEvidence evidence;
    private final Readings readings;
    private final RateDifference difference;
    private @Nullable Stratum watched;
    private List<SafetyWatch> watches = List.of();

    public Gate(GatePlan plan) {
        this(plan, UnitTable.CAPACITY);
    }

    Gate(GatePlan plan, int capacity) {
        this.plan = plan;
        this.evidence = new RolloutEvidence(plan, capacity);
        this.difference = new RateDifference(plan.beta());
        this.readings = new Readings(plan, evidence);
    }

    public GatePlan plan() {
        return plan;
    }

    /**
     * Puts a route epoch in force. One with the weight of the epoch before goes on with its step.
     *
     * @param weight the candidate's share, in [0, 1); 0 while only the champion is watched
     */
    public void beginEpoch(long epoch, double weight) {
        evidence.beginEpoch(epoch, weight);
    }

    /**
     * Folds rows in their order, then takes a look.
     *
     * @param rows all rows of one closed second, or of one late delivery, of epochs that have begun
     */
    public void fold(Collection<ArmSecond> rows) {
        evidence.fold(rows);
    }

    /**
     * Returns the verdicts at what was folded so far; cheap enough for every second.
     *
     * @param outside reasons that the evidence itself cannot know, for example a gap in it
     */
    public GateStanding standing(List<Insufficiency> outside) {
        List<Insufficiency> insufficiencies = insufficiencies(outside);
        List<Verdict> verdicts =
                IntStream.range(0, evidence.guardrails())
                        .mapToObj(i -> verdict(i, insufficiencies))
                        .toList();
        return new GateStanding(
                verdicts,
                plan.guardrails().stream().map(Guardrail::name).toList(),
                evidence.present().of(Arm.CANDIDATE).units(),
                insufficiencies);
    }

    /** Returns the whole evidence, for people and records; some milliseconds of work. */
    public GateReading read(List<Insufficiency> outside) {
        return readings.of(standing(outside));
    }

    private List<Insufficiency> insufficiencies(List<Insufficiency> outside) {
        List<Insufficiency> all = new ArrayList<>(outside);
        if (evidence.isMismatched()) {
            all.add(
                    new Insufficiency(
                            Insufficiency.SAMPLE_RATIO,
                            "the units' split between the arms is not the one asked for"));
        }
        for (Arm arm : Arm.values()) {
            if (evidence.present().of(arm).units() == 0) {
                all.add(
                        new Insufficiency(
                                Insufficiency.NO_UNITS,
                                "no unit of the "
                                        + arm.name().toLowerCase(Locale.ROOT)
                                        + " yet in this step"));
            }
        }
        return all;
    }

    private Verdict verdict(int guardrail, List<Insufficiency> insufficiencies) {
        if (evidence.isHarmful(guardrail)) {
            return Verdict.HARMFUL;
        }
        if (!insufficiencies.isEmpty()) {
            return Verdict.INSUFFICIENT;
        }
        return isSafe(guardrail) ? Verdict.SAFE : Verdict.KEEP_COLLECTING;
    }

    private boolean isSafe(int guardrail) {
        Stratum step = evidence.present();
        if (step != watched) {
            watched = step;
            watches = plan.guardrails().stream().map(this::watch).toList();
        }
        return watches.get(guardrail)
                .isSafe(
                        step.of(Arm.CHAMPION).trials(guardrail),
                        step.of(Arm.CANDIDATE).trials(guardrail));
    }

    private SafetyWatch watch(Guardrail guardrail) {
        return new SafetyWatch(difference, guardrail.tolerance());
    }
}
