package dev.tidegate.server.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class UnitLedgerTest {
    private final UnitTable table = new UnitTable(2);
    private final UnitLedger ledger = new UnitLedger(table);
    private final int place = table.place(42);

    @Test
    void takesAnUnknownUnitAtTheWeightInForce() {
        ledger.open(0.05);
        assertThat(weight(1, 0.05)).isEqualTo(0.05);
    }

    @Test
    void takesAUnitOfTheChampionAtTheShareThatIsLeftToIt() {
        ledger.open(0.05);
        ledger.see(place, 0, 1, Arm.CHAMPION);
        assertThat(weight(1, 0.05)).isZero();
        ledger.open(0.25);
        assertThat(weight(2, 0.25)).isCloseTo(0.2 / 0.95, within(1e-15));
        ledger.see(place, 0, 2, Arm.CHAMPION);
        ledger.open(0.5);
        assertThat(weight(3, 0.5)).isCloseTo(0.25 / 0.75, within(1e-15));
    }

    @Test
    void learnsNothingMoreFromAUnitOfTheCandidate() {
        ledger.open(0.05);
        ledger.see(place, 0, 1, Arm.CANDIDATE);
        ledger.open(0.25);
        assertThat(weight(2, 0.25)).isZero();
        ledger.see(place, 0, 2, Arm.CHAMPION);
        assertThat(weight(2, 0.25)).isZero();
    }

    @Test
    void remembersTheHighestWeightThatAUnitStayedOnTheChampionAt() {
        ledger.open(0.25);
        ledger.see(place, 0, 1, Arm.CHAMPION);
        ledger.open(0.05);
        assertThat(weight(2, 0.05)).isZero();
        ledger.see(place, 0, 2, Arm.CHAMPION);
        ledger.open(0.5);
        assertThat(weight(3, 0.5)).isCloseTo(0.25 / 0.75, within(1e-15));
    }

    @Test
    void keepsItsQuestionsApart() {
        ledger.open(0.05);
        ledger.see(place, 0, 1, Arm.CANDIDATE);
        assertThat(ledger.conditionalWeight(place, 1, 1, 0.05)).isEqualTo(0.05);
    }

    @Test
    void refusesMoreChangesOfTheWeightThanItCanTellApart() {
        for (int i = 0; i < UnitLedger.MOST_STRATA; i++) {
            ledger.open(i % 2 == 0 ? 0.1 : 0.2);
        }
        assertThatThrownBy(() -> ledger.open(0.3)).hasMessageContaining("254");
    }

    private double weight(int stratum, double inForce) {
        return ledger.conditionalWeight(place, 0, stratum, inForce);
    }
}
