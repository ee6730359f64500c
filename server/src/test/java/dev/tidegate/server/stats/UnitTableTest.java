package dev.tidegate.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class UnitTableTest {

    @Test
    void remembersEachUnitsState() {
        UnitTable table = new UnitTable(3);
        for (long unit = -5_000; unit < 5_000; unit++) {
            table.set(table.place(unit), 2, (int) (unit & 0xFF));
        }
        for (long unit = -5_000; unit < 5_000; unit++) {
            assertThat(table.state(table.place(unit), 2)).isEqualTo((int) (unit & 0xFF));
            assertThat(table.state(table.place(unit), 0)).isZero();
        }
        assertThat(table.size()).isEqualTo(10_000);
        assertThat(table.share()).isEqualTo(1);
    }

    @Test
    void halvesItsShareWhenFullAndKeepsTheSampleExactly() {
        UnitTable table = new UnitTable(1, 1_000);
        for (long unit = 0; unit < 6_000; unit++) {
            int place = table.place(unit);
            if (place >= 0) {
                table.set(place, 0, (int) (unit % 200) + 1);
            }
        }
        assertThat(table.share()).isEqualTo(0.125);
        assertThat(table.size()).isBetween(650, 850);
        long[] kept = LongStream.range(0, 6_000).filter(unit -> table.place(unit) >= 0).toArray();
        assertThat(kept).hasSize(table.size());
        for (long unit : kept) {
            assertThat(SampleHash.of(unit) >>> 61).isZero();
            assertThat(table.state(table.place(unit), 0)).isEqualTo((int) (unit % 200) + 1);
        }
    }

    @Test
    void holdsTheSameSampleWhateverTheOrder() {
        UnitTable up = new UnitTable(1, 500);
        UnitTable down = new UnitTable(1, 500);
        for (long unit = 0; unit < 4_000; unit++) {
            up.place(unit);
            down.place(3_999 - unit);
        }
        assertThat(up.size()).isEqualTo(down.size());
        assertThat(
                        LongStream.range(0, 4_000)
                                .allMatch(unit -> up.place(unit) >= 0 == down.place(unit) >= 0))
                .isTrue();
    }
}
