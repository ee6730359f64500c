package dev.tidegate.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EpochUnitsTest {
    @Test
    void saysOfEachUnitAndEventOnceThatItIsNew() {
        EpochUnits units = new EpochUnits(10);
        assertThat(units.isNew(5)).isTrue();
        units.list(5, (byte) 1);
        assertThat(units.isNew(5)).isFalse();
        assertThat(units.isNews(5, (byte) 1)).isFalse();
        assertThat(units.isNews(5, (byte) 3)).isTrue();
        assertThat(units.isNews(5, (byte) 0)).isFalse();
    }

    @Test
    void forgetsAllWhenFullSoThatNoUnitIsMissed() {
        EpochUnits units = new EpochUnits(2);
        units.list(1, (byte) 0);
        units.list(2, (byte) 0);
        units.list(2, (byte) 1);
        assertThat(units.isNew(1)).isFalse();
        units.list(3, (byte) 0);
        assertThat(units.isNew(1)).isTrue();
        assertThat(units.isNew(3)).isFalse();
    }
}
