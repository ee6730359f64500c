package dev.tidegate.server.inference.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HedgeBudgetTest {
    @Test
    void allowsNoMoreSecondTriesThanItsShareOfTheRequests() {
        HedgeBudget budget = new HedgeBudget(0.05, 10);
        int begun = 0;
        for (int i = 0; i < 1_000; i++) {
            budget.earn();
            begun += budget.take() ? 1 : 0;
        }
        assertThat(begun).isEqualTo(50);
        assertThat(budget.counts().refused()).isEqualTo(950);
    }

    @Test
    void savesUpNoMoreThanABurst() {
        HedgeBudget budget = new HedgeBudget(0.5, 3);
        for (int i = 0; i < 100; i++) {
            budget.earn();
        }
        int begun = 0;
        for (int i = 0; i < 100; i++) {
            begun += budget.take() ? 1 : 0;
        }
        assertThat(begun).isEqualTo(3);
    }

    @Test
    void givesBackWhatDidNotBegin() {
        HedgeBudget budget = new HedgeBudget(1, 1);
        budget.earn();
        assertThat(budget.take()).isTrue();
        budget.giveBack();
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
    }
}
