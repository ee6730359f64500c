package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PredictionIdsTest {
    private static final Clock STOPPED =
            Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

    @Test
    void makesVersionSevenWithTheTimeInFront() {
        UUID id = new PredictionIds(STOPPED, new Random(1)).next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(PredictionIds.millisOf(id)).isEqualTo(STOPPED.millis());
    }

    @Test
    void increasesEvenWhenTheClockStandsStill() {
        PredictionIds ids = new PredictionIds(STOPPED, new Random(1));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            made.add(ids.next().toString());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void neverMakesAnIdTwiceOnManyThreads() throws Exception {
        PredictionIds ids = new PredictionIds(STOPPED, new Random(1));
        Set<UUID> all = new HashSet<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            Callable<List<UUID>> maker = () -> Stream.generate(ids::next).limit(10_000).toList();
            for (Future<List<UUID>> made :
                    executor.invokeAll(List.of(maker, maker, maker, maker))) {
                all.addAll(made.get());
            }
        }
        assertThat(all).hasSize(40_000);
    }

    @Test
    void differsBetweenProcesses() {
        assertThat(new PredictionIds(STOPPED, new Random(1)).next())
                .isNotEqualTo(new PredictionIds(STOPPED, new Random(2)).next());
    }
}
