package dev.tidegate.workbench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SampleBufferTest {
    @Test
    void keepsWhatItHandedOutAsItWas() {
        SampleBuffer buffer = new SampleBuffer(10);
        buffer.add(1, 10);
        Samples before = buffer.samples();

        for (int x = 2; x < 100; x++) {
            buffer.add(x, x);
        }

        assertThat(before.size()).isEqualTo(1);
        assertThat(before.y(0)).isEqualTo(10);
    }

    @Test
    void forgetsTheOldestBeyondTwiceItsCapacity() {
        SampleBuffer buffer = new SampleBuffer(300);
        for (int x = 0; x < 2000; x++) {
            buffer.add(x, x);
        }

        Samples samples = buffer.samples();

        assertThat(samples.size()).isBetween(300, 600);
        assertThat(samples.x(samples.size() - 1)).isEqualTo(1999);
        assertThat(samples.x(0)).isEqualTo(2000 - samples.size());
    }

    @Test
    void ignoresHistoryThatAReconnectedStreamRepeats() {
        SampleBuffer buffer = new SampleBuffer(10);
        buffer.add(1, 10);
        buffer.add(2, 20);
        buffer.add(1, 11);
        buffer.add(2, 21);
        buffer.add(3, 30);

        Samples samples = buffer.samples();

        assertThat(samples.size()).isEqualTo(3);
        assertThat(samples.y(1)).isEqualTo(20);
    }

    @Test
    void findsTheNearestPoint() {
        Samples samples = Samples.of(new double[] {0, 10, 20}, new double[] {1, 2, 3});

        assertThat(samples.nearest(-5)).isZero();
        assertThat(samples.nearest(14)).isEqualTo(1);
        assertThat(samples.nearest(16)).isEqualTo(2);
        assertThat(samples.nearest(99)).isEqualTo(2);
        assertThat(Samples.of(new double[0], new double[0]).nearest(1)).isEqualTo(-1);
    }

    @Test
    void findsNothingFartherAwayThanTheReach() {
        Samples samples =
                Samples.of(new double[] {0, 1, 2, 9}, new double[] {5, Double.NaN, Double.NaN, 7});

        assertThat(samples.nearest(1.4, 2)).isZero();
        assertThat(samples.nearest(2.5, 2)).isEqualTo(-1);
        assertThat(samples.nearest(8, 2)).isEqualTo(3);
        assertThat(samples.nearest(99, Double.POSITIVE_INFINITY)).isEqualTo(3);
        assertThat(samples.nearest(1, Double.POSITIVE_INFINITY)).isEqualTo(-1);
    }

    @Test
    void knowsWhetherAnythingHappenedInARange() {
        Samples samples = Samples.of(new double[] {0, 10, 20}, new double[] {1, 0, 2});

        assertThat(samples.isPositiveWithin(new Range(1, 19))).isFalse();
        assertThat(samples.isPositiveWithin(new Range(1, 20))).isTrue();
    }
}
