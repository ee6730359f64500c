package dev.tidegate.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UnitMarksTest {
    @Test
    void keepsUnitsInTheirOrderWithAllTheirBits() {
        Random random = new Random(1);
        UnitMarks marks = new UnitMarks();
        Map<Long, Byte> expected = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            long unit = (long) random.nextInt(3_000) << 20;
            byte bits = (byte) (1 << random.nextInt(8));
            marks.add(unit, bits);
            expected.merge(unit, bits, (a, b) -> (byte) (a | b));
        }
        assertThat(marks.units()).containsExactly(expected.keySet().toArray(Long[]::new));
        assertThat(marks.marks()).containsExactly(expected.values().toArray(Byte[]::new));
        expected.forEach((unit, bits) -> assertThat(marks.mark(unit)).isEqualTo(bits));
    }

    @Test
    void knowsUnitsWithoutBitsAndUnitZero() {
        UnitMarks marks = new UnitMarks();
        assertThat(marks.contains(0)).isFalse();
        marks.add(0, (byte) 0);
        assertThat(marks.contains(0)).isTrue();
        assertThat(marks.mark(0)).isZero();
        assertThat(marks.mark(7)).isZero();
        assertThat(marks.contains(7)).isFalse();
    }
}
