package dev.tidegate.server.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {

    @Test
    void keepsEachLatencyWithinLessThanOnePerCent() {
        for (long micros = 0; micros < LatencyHistogram.LONGEST; micros += 1 + micros / 37) {
            long longest = LatencyHistogram.longestOf(LatencyHistogram.bucket(micros));
            assertThat(longest).isBetween(micros, micros + micros / 128);
        }
    }

    @Test
    void laysItsBucketsWithoutGapOrOverlap() {
        for (int bucket = 0; bucket < LatencyHistogram.lastBucket(); bucket++) {
            long longest = LatencyHistogram.longestOf(bucket);
            assertThat(LatencyHistogram.bucket(longest)).isEqualTo(bucket);
            assertThat(LatencyHistogram.bucket(longest + 1)).isEqualTo(bucket + 1);
        }
        assertThat(LatencyHistogram.longestOf(LatencyHistogram.lastBucket()))
                .isEqualTo(LatencyHistogram.LONGEST);
        assertThat(LatencyHistogram.bucket(Long.MAX_VALUE))
                .isEqualTo(LatencyHistogram.lastBucket());
        assertThat(LatencyHistogram.bucket(-1)).isZero();
    }

    @Test
    void neverMovesStoredBuckets() {
        assertThat(LatencyHistogram.bucket(255)).isEqualTo(255);
        assertThat(LatencyHistogram.bucket(256)).isEqualTo(256);
        assertThat(LatencyHistogram.bucket(20_000)).isEqualTo(1_052);
        assertThat(LatencyHistogram.bucket(1_000_000)).isEqualTo(1_780);
        assertThat(LatencyHistogram.lastBucket()).isEqualTo(3_839);
    }

    @Test
    void givesTheNearestRankQuantileFromAbove() {
        SplittableRandom random = new SplittableRandom(3);
        long[] micros = random.longs(5_000, 50, 400_000).toArray();
        LatencyHistogram histogram = new LatencyHistogram();
        Arrays.stream(micros).forEach(histogram::add);
        Arrays.sort(micros);
        for (double share : new double[] {0.001, 0.5, 0.95, 0.99, 1}) {
            long exact = micros[(int) Math.ceil(share * micros.length) - 1];
            assertThat(histogram.quantile(share)).isBetween(exact, exact + exact / 128);
        }
    }

    @Test
    void mergesToTheSameInAnyOrderAndFromItsBuckets() {
        SplittableRandom random = new SplittableRandom(4);
        LatencyHistogram left = new LatencyHistogram();
        LatencyHistogram right = new LatencyHistogram();
        LatencyHistogram all = new LatencyHistogram();
        for (int i = 0; i < 3_000; i++) {
            long micros = 1L << random.nextInt(37);
            (i % 3 == 0 ? left : right).add(micros);
            all.add(micros);
        }
        LatencyHistogram merged = new LatencyHistogram();
        merged.merge(right);
        merged.merge(left);
        LatencyHistogram restored = new LatencyHistogram();
        all.buckets().forEach(restored::add);

        assertThat(merged.buckets()).isEqualTo(all.buckets()).isEqualTo(restored.buckets());
        assertThat(merged.total()).isEqualTo(3_000);
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertThatThrownBy(() -> new LatencyHistogram().quantile(0.5))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new LatencyHistogram().quantile(1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new LatencyHistogram.Bucket(4_000, 1))
                .hasMessageContaining("4000");
        assertThatThrownBy(() -> new LatencyHistogram.Bucket(0, 0)).hasMessageContaining("count 0");
    }
}
