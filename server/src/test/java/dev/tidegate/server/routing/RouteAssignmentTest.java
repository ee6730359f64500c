package dev.tidegate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.server.stats.Arm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RouteAssignmentTest {
    private static final int UNITS = 20_000;
    private static final Salt SALT = new Salt(0x1234_5678_9abc_def0L, 42);
    private static final Salt OTHER = new Salt(0x0fed_cba9_8765_4321L, 43);

    @Test
    void givesAUnitTheSameArmOnEveryReplicaAndInEveryEpoch() {
        assertThat(candidates(route(1, 0.3, SALT)))
                .isEqualTo(candidates(route(1, 0.3, SALT)))
                .isEqualTo(candidates(route(7, 0.3, Salt.of(SALT.bytes()))));
    }

    @Test
    void placesUnitsAsItDidBefore() {
        Assignment assignment = new Assignment(SALT);
        long unit = new UnitHash(OTHER).of("customer-17");
        assertThat(new UnitHash(OTHER).of("customer-17")).isEqualTo(unit);
        assertThat(new UnitHash(SALT).of("customer-17")).isNotEqualTo(unit);
        assertThat(assignment.place(unit)).isEqualTo(new Assignment(SALT).place(unit));
        assertThat(assignment.place(unit)).isNotEqualTo(new Assignment(OTHER).place(unit));
    }

    @Test
    void movesUnitsOnlyTowardsTheCandidateWhenItsWeightRises() {
        Set<Long> before = Set.of();
        for (double weight : new double[] {0.05, 0.25, 0.5, 0.9}) {
            Set<Long> now = candidates(route(1, weight, SALT));
            assertThat(now).containsAll(before);
            assertThat(now.size() / (double) UNITS).isCloseTo(weight, within(0.02));
            before = now;
        }
        assertThat(candidates(route(1, 0, SALT))).isEmpty();
    }

    @Test
    void choosesOtherUnitsUnderAnotherSalt() {
        Set<Long> first = candidates(route(1, 0.5, SALT));
        Set<Long> second = candidates(route(1, 0.5, OTHER));
        long both = first.stream().filter(second::contains).count();
        assertThat(both / (double) UNITS).isCloseTo(0.25, within(0.02));
    }

    @Test
    void namesTheEpochAndTheVersionOfEachDecision() {
        RouteSnapshot route = route(9, 0.5, SALT);
        for (long unit = 0; unit < 100; unit++) {
            RouteDecision decision = route.decide(unit, true);
            assertThat(decision.route().epoch()).isEqualTo(9);
            assertThat(decision.versionId()).isEqualTo(decision.arm() == Arm.CANDIDATE ? 12 : 11);
            assertThat(decision.inEvidence()).isTrue();
        }
    }

    @Test
    void answersFromTheChampionAndOutsideEvidenceWithoutALease() {
        for (long unit = 0; unit < 100; unit++) {
            RouteDecision decision = route(1, 0.9, SALT).decide(unit, false);
            assertThat(decision.arm()).isEqualTo(Arm.CHAMPION);
            assertThat(decision.versionId()).isEqualTo(11);
            assertThat(decision.reason()).isEqualTo(RouteReason.ROUTE_STALE);
            assertThat(decision.inEvidence()).isFalse();
        }
    }

    private static Set<Long> candidates(RouteSnapshot route) {
        return LongStream.range(0, UNITS)
                .filter(unit -> route.decide(unit, true).arm() == Arm.CANDIDATE)
                .boxed()
                .collect(Collectors.toSet());
    }

    static RouteSnapshot route(long epoch, double weight, Salt salt) {
        return new RouteSnapshot(
                new RouteRow(
                        epoch,
                        1,
                        11,
                        Optional.of(12L),
                        weight,
                        salt,
                        Optional.empty(),
                        List.of(),
                        Instant.EPOCH));
    }
}
