package dev.tidegate.server.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class GateTest {
    private static final int ERROR = 1;
    private static final int SLOW = 2;
    private static final long CANDIDATES = 1_000_000; // first of the candidate's units

    private static final GatePlan PLAN =
            new GatePlan(
                    List.of(
                            new Guardrail(
                                    "errors", new GuardrailKind.Errors(), Tolerance.absolute(0.01)),
                            new Guardrail(
                                    "p50",
                                    new GuardrailKind.Slow(0.5, Duration.ZERO),
                                    Tolerance.absolute(0.05))));

    private final Gate gate = new Gate(PLAN);

    @Test
    void isInsufficientUntilBothArmsHaveUnits() {
        gate.beginEpoch(1, 0.5);
        assertThat(verdicts()).containsOnly(Verdict.INSUFFICIENT);
        gate.fold(List.of(first(1, Arm.CHAMPION, 0, units(0, 10))));
        assertThat(verdicts()).containsOnly(Verdict.INSUFFICIENT);
        assertThat(gate.read(List.of()).guardrails().getFirst().reason())
                .isEqualTo("no_units: no unit of the candidate yet in this step");
        gate.fold(List.of(first(1, Arm.CANDIDATE, 0, units(10, 20))));
        assertThat(verdicts()).containsOnly(Verdict.KEEP_COLLECTING);
    }

    @Test
    void isSafeOnceEnoughUnitsShowNoHarmAndSaysHowManyAreNeededUntilThen() {
        gate.beginEpoch(1, 0.5);
        foldEqual(0, 100);
        long needed = gate.read(List.of()).guardrails().getFirst().needed().orElseThrow();
        assertThat(needed).isBetween(200L, 900L);
        foldEqual(100, 100 + needed - needed / 50);
        assertThat(verdicts().getFirst()).isEqualTo(Verdict.KEEP_COLLECTING);
        foldEqual(5_000, 5_000 + needed / 25);
        Reading errors = gate.read(List.of()).guardrails().getFirst();
        assertThat(errors.verdict()).isEqualTo(Verdict.SAFE);
        assertThat(errors.high()).isLessThanOrEqualTo(errors.tolerance());
        assertThat(errors.needed()).hasValue(0);
    }

    @Test
    void losesSafeAgainWhenTheCandidateTurnsBad() {
        gate.beginEpoch(1, 0.5);
        foldEqual(0, 800);
        assertThat(verdicts().getFirst()).isEqualTo(Verdict.SAFE);
        fold(3_000, 3_005, Arm.CANDIDATE, ERROR);
        assertThat(verdicts().getFirst()).isEqualTo(Verdict.KEEP_COLLECTING);
    }

    @Test
    void keepsHarmfulForGood() {
        gate.beginEpoch(1, 0.05);
        fold(0, 3, Arm.CANDIDATE, ERROR);
        assertThat(verdicts().getFirst()).isEqualTo(Verdict.HARMFUL);
        fold(10, 5_000, Arm.CHAMPION, ERROR);
        fold(6_000, 9_000, Arm.CANDIDATE, 0);
        gate.beginEpoch(2, 0.25);
        assertThat(
                        gate.standing(List.of(new Insufficiency("gap", "evidence is missing")))
                                .verdicts())
                .containsExactly(Verdict.HARMFUL, Verdict.INSUFFICIENT);
    }

    @Test
    void looksOnlyAfterAllRowsOfASecond() {
        gate.beginEpoch(1, 0.5);
        gate.fold(
                List.of(
                        first(1, Arm.CANDIDATE, ERROR, units(0, 12)),
                        first(1, Arm.CHAMPION, ERROR, units(20, 32))));
        assertThat(verdicts().getFirst()).isNotEqualTo(Verdict.HARMFUL);

        Gate halves = new Gate(PLAN);
        halves.beginEpoch(1, 0.5);
        halves.fold(List.of(first(1, Arm.CANDIDATE, ERROR, units(0, 12))));
        assertThat(halves.standing(List.of()).verdicts().getFirst()).isEqualTo(Verdict.HARMFUL);
    }

    @Test
    void countsAUnitOnceThatTwoReplicasCallNew() {
        gate.beginEpoch(1, 0.5);
        gate.fold(
                List.of(
                        first(1, Arm.CANDIDATE, ERROR, units(0, 5)),
                        first(1, Arm.CANDIDATE, 0, units(0, 5)),
                        first(1, Arm.CHAMPION, 0, units(5, 9))));
        Reading errors = gate.read(List.of()).guardrails().getFirst();
        assertThat(errors.candidate().units()).isEqualTo(5);
        assertThat(errors.candidate().events()).isEqualTo(5);
        assertThat(errors.eventUnits()).isEqualTo(5);
    }

    @Test
    void countsOneEventAUnitHoweverOftenItFails() {
        gate.beginEpoch(1, 0.5);
        for (int second = 0; second < 100; second++) {
            gate.fold(
                    List.of(events(1, Arm.CANDIDATE, ERROR, 7), events(1, Arm.CHAMPION, ERROR, 8)));
        }
        Reading errors = gate.read(List.of()).guardrails().getFirst();
        assertThat(errors.eventUnits()).isEqualTo(2);
        assertThat(errors.verdict()).isNotEqualTo(Verdict.HARMFUL);
    }

    @Test
    void takesFrequentEventsOnlyFromFirstRequests() {
        gate.beginEpoch(1, 0.5);
        gate.fold(
                List.of(
                        first(1, Arm.CANDIDATE, 0, units(0, 10)),
                        first(1, Arm.CHAMPION, SLOW, units(10, 20)),
                        events(1, Arm.CANDIDATE, SLOW, 0, 1, 2, 3)));
        Reading p50 = gate.read(List.of()).guardrails().get(1);
        assertThat(p50.eventUnits()).isEqualTo(10);
        assertThat(p50.eventUnitsOnCandidate()).isZero();
    }

    @Test
    void startsSafeAnewAtANewWeightAndGoesOnAtTheSame() {
        gate.beginEpoch(1, 0.5);
        foldEqual(0, 800);
        gate.beginEpoch(2, 0.5);
        assertThat(verdicts().getFirst()).isEqualTo(Verdict.SAFE);
        gate.fold(List.of(first(2, Arm.CANDIDATE, 0, units(CANDIDATES, CANDIDATES + 800))));
        assertThat(gate.standing(List.of()).candidateUnits()).isEqualTo(800);
        gate.beginEpoch(3, 0.6);
        assertThat(verdicts()).containsOnly(Verdict.INSUFFICIENT);
        gate.fold(List.of(first(3, Arm.CANDIDATE, 0, CANDIDATES)));
        assertThat(gate.standing(List.of()).candidateUnits()).isEqualTo(1);
    }

    @Test
    void takesLateRowsOfAnEarlierStep() {
        gate.beginEpoch(1, 0.05);
        gate.fold(List.of(first(1, Arm.CHAMPION, 0, units(0, 95))));
        gate.beginEpoch(2, 0.25);
        gate.fold(List.of(first(1, Arm.CANDIDATE, ERROR, units(100, 102))));
        GateReading reading = gate.read(List.of());
        assertThat(reading.guardrails().getFirst().eventUnitsOnCandidate()).isEqualTo(2);
        assertThat(reading.guardrails().getFirst().candidate().units()).isZero();
        assertThat(reading.harm().getFirst().requests()).isEqualTo(2);
    }

    @Test
    void neverErrsAgainstTheCandidateAfterALoweredWeight() {
        gate.beginEpoch(1, 0.5);
        gate.beginEpoch(2, 0.05);
        gate.fold(List.of(first(2, Arm.CANDIDATE, ERROR, units(0, 3))));
        gate.fold(List.of(first(2, Arm.CHAMPION, 0, units(10, 67))));
        assertThat(verdicts().getFirst()).isEqualTo(Verdict.KEEP_COLLECTING);
    }

    @Test
    void isInsufficientWhenTheSplitIsNotTheOneAskedFor() {
        gate.beginEpoch(1, 0.5);
        fold(0, 600, Arm.CHAMPION, 0);
        fold(1_000, 1_400, Arm.CANDIDATE, 0);
        GateReading reading = gate.read(List.of());
        assertThat(reading.split().mismatch()).isTrue();
        assertThat(reading.split().seen()).isEqualTo(0.4);
        assertThat(reading.standing().verdicts()).containsOnly(Verdict.INSUFFICIENT);
        assertThat(reading.standing().insufficiencies().getFirst().code())
                .isEqualTo("sample_ratio");
        fold(2_000, 2_100, Arm.CANDIDATE, ERROR);
        assertThat(verdicts()).containsOnly(Verdict.INSUFFICIENT);
    }

    @Test
    void acceptsASplitAsAskedForOverChangingWeights() {
        SplittableRandom random = new SplittableRandom(8);
        for (int epoch = 1; epoch <= 3; epoch++) {
            double weight = new double[] {0.05, 0.25, 0.5}[epoch - 1];
            gate.beginEpoch(epoch, weight);
            assign(epoch, weight, 20_000, random);
        }
        assertThat(gate.read(List.of()).split().mismatch()).isFalse();
        assertThat(gate.read(List.of()).split().logE()).isLessThan(3);
    }

    private void assign(int epoch, double weight, int draws, SplittableRandom random) {
        for (int i = 0; i < draws; i++) {
            long unit = random.nextInt(20_000);
            Arm arm = place(unit) < weight ? Arm.CANDIDATE : Arm.CHAMPION;
            gate.fold(List.of(first(epoch, arm, 0, unit)));
        }
    }

    private static double place(long unit) {
        return (SampleHash.of(unit * 31 + 7) >>> 11) * 0x1.0p-53;
    }

    @Test
    void passesOnReasonsFromOutside() {
        gate.beginEpoch(1, 0.5);
        foldEqual(0, 800);
        GateReading reading = gate.read(List.of(new Insufficiency("no_leader", "nobody leads")));
        assertThat(reading.guardrails().getFirst().verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(reading.guardrails().getFirst().reason()).isEqualTo("no_leader: nobody leads");
        assertThat(verdicts().getFirst()).isEqualTo(Verdict.SAFE);
    }

    @Test
    void countsWhatTheCandidateCost() {
        gate.beginEpoch(1, 0.5);
        gate.fold(
                List.of(
                        first(1, Arm.CHAMPION, 0, units(0, 1_000)),
                        first(1, Arm.CANDIDATE, 0, units(2_000, 2_980)),
                        first(1, Arm.CANDIDATE, ERROR, units(2_980, 3_000))));
        HarmReading harm = gate.read(List.of()).harm().getFirst();
        assertThat(harm.requests()).isEqualTo(1_000);
        assertThat(harm.extraEvents()).isEqualTo(20);
        assertThat(harm.low()).isBetween(0.0, 20.0);
        assertThat(harm.high()).isBetween(20.0, 80.0);
    }

    @Test
    void foldsTheSameRowsToTheSameBits() {
        List<List<ArmSecond>> seconds = traffic(new SplittableRandom(21), 60);
        Gate again = new Gate(PLAN);
        for (Gate each : List.of(gate, again)) {
            each.beginEpoch(1, 0.1);
            seconds.forEach(each::fold);
        }
        assertThat(again.read(List.of())).isEqualTo(gate.read(List.of()));
    }

    @Test
    void asksAsOftenAsYouLikeWithoutChangingTheAnswer() {
        List<List<ArmSecond>> seconds = traffic(new SplittableRandom(22), 200);
        Gate seldom = new Gate(PLAN);
        gate.beginEpoch(1, 0.1);
        seldom.beginEpoch(1, 0.1);
        for (List<ArmSecond> second : seconds) {
            gate.fold(second);
            seldom.fold(second);
            boolean safe = verdicts().getFirst() == Verdict.SAFE;
            Reading errors = gate.read(List.of()).guardrails().getFirst();
            assertThat(safe).isEqualTo(errors.high() < errors.tolerance());
        }
        assertThat(seldom.read(List.of())).isEqualTo(gate.read(List.of()));
    }

    @Test
    void doesNotDependOnTheOrderOfReplicasWithinASecond() {
        List<List<ArmSecond>> seconds = traffic(new SplittableRandom(23), 60);
        Gate reversed = new Gate(PLAN);
        gate.beginEpoch(1, 0.1);
        reversed.beginEpoch(1, 0.1);
        for (List<ArmSecond> second : seconds) {
            gate.fold(second);
            List<ArmSecond> back = new ArrayList<>(second);
            Collections.reverse(back);
            reversed.fold(back);
        }
        assertThat(reversed.read(List.of())).isEqualTo(gate.read(List.of()));
    }

    @Test
    void staysExactOnItsSampleWhenThereAreTooManyUnits() {
        Gate small = new Gate(PLAN, 2_000);
        small.beginEpoch(1, 0.5);
        SplittableRandom random = new SplittableRandom(24);
        for (int second = 0; second < 100; second++) {
            long[] units = random.longs(200).toArray();
            long[] champions = Arrays.stream(units).filter(unit -> unit < 0).toArray();
            long[] candidates = Arrays.stream(units).filter(unit -> unit >= 0).toArray();
            small.fold(
                    List.of(
                            first(1, Arm.CHAMPION, 0, champions),
                            first(1, Arm.CANDIDATE, second % 50 == 0 ? ERROR : 0, candidates)));
        }
        GateReading reading = small.read(List.of());
        assertThat(reading.sampleShare()).isEqualTo(0.0625);
        assertThat(reading.split().mismatch()).isFalse();
        assertThat(reading.split().units()).isBetween(2_000L, 8_000L);
        assertThat(reading.harm().getFirst().requests()).isBetween(9_000L, 11_000L);
    }

    @Test
    void refusesRowsThatItCannotPlace() {
        gate.beginEpoch(1, 0.5);
        assertThatThrownBy(() -> gate.fold(List.of(first(9, Arm.CHAMPION, 0, 1))))
                .hasMessageContaining("epoch 9");
        assertThatThrownBy(() -> gate.beginEpoch(1, 0.6)).hasMessageContaining("epoch 1");
        assertThatThrownBy(() -> gate.beginEpoch(2, 1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> gate.beginEpoch(2, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Gate(PLAN).standing(List.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    private List<Verdict> verdicts() {
        return gate.standing(List.of()).verdicts();
    }

    private void fold(long from, long to, Arm arm, int outcome) {
        gate.fold(List.of(first(1, arm, outcome, units(from, to))));
    }

    /** As many new units on either arm, none with an event. */
    private void foldEqual(long from, long to) {
        gate.fold(
                List.of(
                        first(1, Arm.CHAMPION, 0, units(from, to)),
                        first(1, Arm.CANDIDATE, 0, units(CANDIDATES + from, CANDIDATES + to))));
    }

    private static List<List<ArmSecond>> traffic(SplittableRandom random, int seconds) {
        List<List<ArmSecond>> rows = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            List<ArmSecond> now = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                long unit = random.nextInt(100_000);
                Arm arm = place(unit) < 0.1 ? Arm.CANDIDATE : Arm.CHAMPION;
                now.add(first(1, arm, unit % 1_000 == 0 ? ERROR : (int) (unit % 2) * SLOW, unit));
            }
            rows.add(now);
        }
        return rows;
    }

    private static long[] units(long from, long to) {
        return LongStream.range(from, to).toArray();
    }

    /** New units whose first request has this outcome. */
    private static ArmSecond first(long epoch, Arm arm, int outcome, long... units) {
        byte[] masks = new byte[units.length];
        Arrays.fill(masks, (byte) outcome);
        boolean none = outcome == 0;
        return new ArmSecond(
                epoch,
                arm,
                units.length,
                counts(outcome, units.length),
                units,
                masks,
                none ? new long[0] : units,
                none ? new byte[0] : masks);
    }

    /** Known units with an event. */
    private static ArmSecond events(long epoch, Arm arm, int mask, long... units) {
        byte[] masks = new byte[units.length];
        Arrays.fill(masks, (byte) mask);
        return new ArmSecond(
                epoch,
                arm,
                units.length,
                counts(mask, units.length),
                new long[0],
                new byte[0],
                units,
                masks);
    }

    private static long[] counts(int mask, long units) {
        return new long[] {(mask & 1) * units, (mask >>> 1 & 1) * units};
    }
}
