package dev.tidegate.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.stats.ArmSecond;
import dev.tidegate.server.stats.LatencyHistogram;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArmSecondCodecTest {
    private final Random random = new Random(3);

    @Test
    void givesBackWhatWasEncoded() {
        ArmPayload payload = payload(700);
        ArmPayload decoded = ArmSecondCodec.decode(ArmSecondCodec.encode(payload));
        ArmSecond expected = payload.evidence(12, 2);
        ArmSecond actual = decoded.evidence(12, 2);
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
        assertThat(decoded.latency().buckets()).isEqualTo(payload.latency().buckets());
    }

    @Test
    void encodesASecondWithoutAnyJudgedRequest() {
        ArmPayload empty =
                new ArmPayload(
                        0, new long[1], new LatencyHistogram(), new UnitMarks(), new UnitMarks());
        ArmPayload decoded = ArmSecondCodec.decode(ArmSecondCodec.encode(empty));
        assertThat(decoded.evidence(1, 1).requests()).isZero();
        assertThat(decoded.evidence(1, 1).newUnits()).isEmpty();
        assertThat(decoded.latency().total()).isZero();
    }

    @Test
    void refusesWhatIsCutShort() {
        byte[] whole = ArmSecondCodec.encode(payload(3));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ArmSecondCodec.decode(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }

    private ArmPayload payload(int units) {
        LatencyHistogram latency = new LatencyHistogram();
        UnitMarks newUnits = new UnitMarks();
        UnitMarks eventUnits = new UnitMarks();
        for (int i = 0; i < units; i++) {
            latency.add(random.nextLong(1L << random.nextInt(1, 40)));
            newUnits.add(random.nextLong(), (byte) random.nextInt());
            eventUnits.add(random.nextLong(), (byte) random.nextInt());
        }
        return new ArmPayload(
                Long.MAX_VALUE, new long[] {0, 127, 128, 1L << 62}, latency, newUnits, eventUnits);
    }
}
