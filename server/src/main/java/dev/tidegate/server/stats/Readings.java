package dev.tidegate.server.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Puts the evidence into the numbers that people read. */
final class Readings {
    private final GatePlan plan;
    private final RolloutEvidence evidence;
    private final RateDifference difference;
    private final RateInterval interval;

    Readings(GatePlan plan, RolloutEvidence evidence) {
        this.plan = plan;
        this.evidence = evidence;
        this.difference = new RateDifference(plan.beta());
        this.interval = new RateInterval(plan.beta());
    }

    GateReading of(GateStanding standing) {
        List<Reading> guardrails = new ArrayList<>();
        List<HarmReading> harm = new ArrayList<>();
        for (int i = 0; i < evidence.guardrails(); i++) {
            guardrails.add(guardrail(i, standing));
            harm.add(harm(i));
        }
        return new GateReading(
                standing, guardrails, split(), harm, evidence.sampleShare(), plan.beta());
    }

    private Reading guardrail(int index, GateStanding standing) {
        Guardrail guardrail = plan.guardrails().get(index);
        Stratum step = evidence.present();
        Trials champion = step.of(Arm.CHAMPION).trials(index);
        Trials candidate = step.of(Arm.CANDIDATE).trials(index);
        RandomizationProcess harm = evidence.harm(index);
        OptionalLong needed =
                new UnitsToSafe(guardrail.tolerance(), plan.beta())
                        .further(champion, candidate, step.weight());
        Verdict verdict = standing.verdicts().get(index);
        return new Reading(
                guardrail.name(),
                verdict,
                reason(verdict, index, needed, standing.insufficiencies()),
                rate(champion),
                rate(candidate),
                candidate.rate() - champion.rate(),
                difference.low(champion, candidate),
                difference.high(champion, candidate),
                champion.count() == 0
                        ? guardrail.tolerance().absolute()
                        : guardrail.tolerance().at(champion.rate()),
                harm.logE(),
                plan.alphaOf(index),
                harm.events(),
                harm.eventsOnCandidate(),
                needed);
    }

    private ArmRate rate(Trials trials) {
        return new ArmRate(
                (long) trials.count(),
                (long) trials.events(),
                trials.rate(),
                interval.low(trials),
                interval.high(trials));
    }

    private String reason(
            Verdict verdict, int index, OptionalLong needed, List<Insufficiency> insufficiencies) {
        return switch (verdict) {
            case SAFE -> "the candidate's rate is above the champion's by less than the tolerance";
            case HARMFUL -> harmReason(evidence.harm(index), plan.alphaOf(index));
            case INSUFFICIENT ->
                    insufficiencies.stream()
                            .map(Insufficiency::text)
                            .collect(Collectors.joining("; "));
            case KEEP_COLLECTING ->
                    needed.isPresent()
                            ? "about "
                                    + needed.getAsLong()
                                    + " more units of the candidate until SAFE at the present rates"
                            : "at the present rates the candidate is above the champion by the tolerance or more";
        };
    }

    private static String harmReason(RandomizationProcess harm, double alpha) {
        return String.format(
                Locale.ROOT,
                "%d of %d units' first events are the candidate's: e-value e^%.2f, harmful from e^%.2f on",
                harm.eventsOnCandidate(),
                harm.events(),
                harm.logE(),
                -StrictMath.log(alpha));
    }

    private SplitReading split() {
        Stratum step = evidence.present();
        long onCandidate = step.of(Arm.CANDIDATE).units();
        long all = step.of(Arm.CHAMPION).units() + onCandidate;
        return new SplitReading(
                step.weight(),
                all,
                onCandidate,
                (double) onCandidate / all,
                evidence.split().logE(),
                plan.sampleRatioAlpha(),
                evidence.isMismatched());
    }

    /**
     * Sums over the steps; the k-th step's bound has the error β/2ᵏ, so that all of them hold
     * together.
     */
    private HarmReading harm(int index) {
        long requests = 0;
        double extra = 0;
        double low = 0;
        double high = 0;
        double error = plan.beta();
        for (Stratum step : evidence.strata()) {
            error /= 2;
            long asked = step.of(Arm.CANDIDATE).requests();
            if (asked > 0) {
                Trials champion = step.of(Arm.CHAMPION).trials(index);
                Trials candidate = step.of(Arm.CANDIDATE).trials(index);
                RateDifference bound = new RateDifference(error);
                requests += asked;
                extra += asked * (candidate.rate() - champion.rate());
                low += asked * bound.low(champion, candidate);
                high += asked * bound.high(champion, candidate);
            }
        }
        return new HarmReading(plan.guardrails().get(index).name(), requests, extra, low, high);
    }
}
