package dev.tidegate.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RateGateTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Near the greatest value, where the clock's numbers begin again from the smallest. */
    private static final long START = Long.MAX_VALUE - 50 * MS;

    @Test
    void letsABurstThroughAndThenOneRequestAPause() {
        RateGate gate = new RateGate(new RateLimit(100, 3), START);
        for (int i = 0; i < 3; i++) {
            assertThat(gate.take(START)).isZero();
        }
        assertThat(gate.take(START)).isEqualTo(10 * MS);
        assertThat(gate.take(START + 4 * MS)).isEqualTo(6 * MS);
        assertThat(gate.take(START + 10 * MS)).isZero();
        assertThat(gate.take(START + 10 * MS)).isEqualTo(10 * MS);
        for (int i = 0; i < 3; i++) {
            assertThat(gate.take(START + 1000 * MS)).isZero();
        }
        assertThat(gate.take(START + 1000 * MS)).isPositive();
    }

    @Test
    void letsAsManyThroughAsTheBurstHoweverManyThreadsAsk()
            throws InterruptedException, ExecutionException {
        RateGate gate = new RateGate(new RateLimit(1, 1000), START);
        Callable<Integer> asking =
                () -> {
                    int through = 0;
                    for (int i = 0; i < 500; i++) {
                        through += gate.take(START) == 0 ? 1 : 0;
                    }
                    return through;
                };
        int through = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(asking);
            }
            for (Future<Integer> each : threads.invokeAll(calls)) {
                through += each.get();
            }
        }
        assertThat(through).isEqualTo(1000);
    }

    @Test
    void staysALimitWhereRateAndBurstAreExtreme() {
        RateGate rare = new RateGate(new RateLimit(1e-12, Integer.MAX_VALUE), START);
        assertThat(rare.take(START)).isZero();
        assertThat(rare.take(START)).isZero();
        assertThat(rare.take(START)).isPositive();
        RateGate never = new RateGate(new RateLimit(Double.MIN_VALUE, 1), START);
        assertThat(never.take(START)).isZero();
        assertThat(never.take(START)).isPositive();
        assertThat(never.take(START + 1000 * MS)).isPositive();
    }

    @Test
    void takesOneSecondsWorthAsTheBurstThatNobodyNamed() {
        assertThat(RateLimit.of(2.5, 0)).isEqualTo(new RateLimit(2.5, 3));
        assertThat(RateLimit.of(0.1, 0)).isEqualTo(new RateLimit(0.1, 1));
        assertThat(RateLimit.of(5, 2)).isEqualTo(new RateLimit(5, 2));
    }

    @Test
    void refusesALimitThatLetsNothingThrough() {
        assertThatThrownBy(() -> RateLimit.of(-1, 0)).hasMessageContaining("limit of -1");
        assertThatThrownBy(() -> RateLimit.of(Double.NaN, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new RateLimit(1, -1)).hasMessageContaining("burst of -1");
    }
}
