package dev.tidegate.server.rollout;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.tidegate.proto.v1.Estimate;
import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.proto.v1.SplitReading;
import dev.tidegate.server.stats.ArmRate;
import dev.tidegate.server.stats.GateReading;
import dev.tidegate.server.stats.HarmReading;
import dev.tidegate.server.stats.Reading;
import dev.tidegate.server.stats.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Readings of the evidence as messages; every number with its interval, size and method. */
final class ReadingProtoMapper {
    private static final String RATE_METHOD =
            "time-uniform confidence sequence over first requests of units";
    private static final String SPLIT_METHOD = "share of first exposures of units";
    private static final String HARM_METHOD =
            "difference of rates × the candidate's requests, summed over steps";

    private ReadingProtoMapper() {}

    static List<GuardrailReading> guardrails(RolloutView view, GateReading reading) {
        return reading.guardrails().stream().map(r -> guardrail(view, r, reading.beta())).toList();
    }

    private static GuardrailReading guardrail(RolloutView view, Reading reading, double beta) {
        GuardrailReading.Builder message =
                GuardrailReading.newBuilder()
                        .setName(reading.name())
                        .setVerdict(reading.verdict().name())
                        .setReason(reading.reason())
                        .setChampion(rate(view, reading.champion(), beta))
                        .setCandidate(rate(view, reading.candidate(), beta))
                        .setDifference(
                                estimate(
                                        reading.difference(),
                                        reading.low(),
                                        reading.high(),
                                        1 - beta,
                                        reading.champion().units() + reading.candidate().units(),
                                        stepSoFar(view),
                                        RATE_METHOD))
                        .setTolerance(reading.tolerance())
                        .setLogEValue(reading.logE())
                        .setAlpha(reading.alpha())
                        .setChampionEvents(reading.champion().events())
                        .setCandidateEvents(reading.candidate().events());
        reading.needed()
                .ifPresent(
                        needed -> {
                            message.setNeeded(needed);
                            view.candidateUnitsPerSecond()
                                    .ifPresent(
                                            rate ->
                                                    message.setEtaSeconds(
                                                            (long) Math.ceil(needed / rate)));
                        });
        threshold(view, reading.name())
                .ifPresent(
                        slow ->
                                message.setChampionThreshold(micros(slow.championMicros()))
                                        .setCandidateThreshold(micros(slow.candidateMicros())));
        return message.build();
    }

    private static Optional<RolloutView.RouteThreshold> threshold(RolloutView view, String name) {
        return view.thresholds().stream().filter(t -> t.guardrail().equals(name)).findFirst();
    }

    private static Duration micros(long micros) {
        return Durations.fromMicros(micros);
    }

    private static Estimate rate(RolloutView view, ArmRate rate, double beta) {
        return estimate(
                rate.rate(),
                rate.low(),
                rate.high(),
                1 - beta,
                rate.units(),
                stepSoFar(view),
                RATE_METHOD);
    }

    private static Duration stepSoFar(RolloutView view) {
        return since(view.rollout().stepEnteredAt(), view);
    }

    private static Duration since(Instant start, RolloutView view) {
        Instant end = view.rollout().endedAt().orElse(view.asOf());
        return Durations.fromMillis(Math.max(0, end.toEpochMilli() - start.toEpochMilli()));
    }

    static SplitReading split(RolloutView view, GateReading reading) {
        dev.tidegate.server.stats.SplitReading split = reading.split();
        return SplitReading.newBuilder()
                .setAsked(split.asked())
                .setSeen(
                        estimate(
                                split.seen(),
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                split.units(),
                                stepSoFar(view),
                                SPLIT_METHOD))
                .setLogEValue(split.logE())
                .setAlpha(split.alpha())
                .setVerdict((split.mismatch() ? Verdict.INSUFFICIENT : Verdict.SAFE).name())
                .build();
    }

    /** Returns the harm by errors where the plan asks for them, else by its first guardrail. */
    static Estimate harm(RolloutView view, GateReading reading) {
        HarmReading harm =
                reading.harm().stream()
                        .filter(h -> h.guardrail().equals("errors"))
                        .findFirst()
                        .orElse(reading.harm().getFirst());
        return estimate(
                harm.extraEvents(),
                harm.low(),
                harm.high(),
                1 - reading.beta(),
                harm.requests(),
                since(view.rollout().startedAt(), view),
                HARM_METHOD);
    }

    private static Estimate estimate(
            double value,
            double low,
            double high,
            double confidence,
            long n,
            Duration window,
            String method) {
        return Estimate.newBuilder()
                .setValue(value)
                .setLow(low)
                .setHigh(high)
                .setConfidence(confidence)
                .setN(n)
                .setWindow(window)
                .setMethod(method)
                .build();
    }
}
