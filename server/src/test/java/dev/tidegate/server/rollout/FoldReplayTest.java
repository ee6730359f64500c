package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.evidence.FoldRow;
import dev.tidegate.server.rollout.RolloutFold.EpochStart;
import dev.tidegate.server.stats.Arm;
import dev.tidegate.server.stats.ArmSecond;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldReplayTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final RolloutPlan PLAN = PlanFormat.parseYaml(RolloutHarness.PLAN);

    private final Random random = new Random(7);
    private final RolloutFold grown = new RolloutFold(PLAN);
    private final List<EpochStart> epochs = new ArrayList<>();
    private final List<FoldRow> rows = new ArrayList<>();

    @Test
    void endsWhereTheFoldThatGrewEnded() {
        epoch(1, 0.1);
        look(1, 1, 2, 3);
        look(1, 4);
        late(1, 2);
        late(1, 2);
        epoch(2, 0.5);
        late(1, 4);
        look(2, 5, 6);
        epoch(3, 0.5);
        RolloutFold replayed = replayed();
        assertThat(replayed.read(List.of())).isEqualTo(grown.read(List.of()));
        assertThat(replayed.position()).isEqualTo(grown.position()).isEqualTo(rows.size());
        assertThat(replayed.newest()).isEqualTo(grown.newest()).isEqualTo(START.plusSeconds(6));
        assertThat(replayed.isAhead()).isFalse();
    }

    private RolloutFold replayed() {
        FoldReplay replay = new FoldReplay(PLAN, epochs);
        rows.forEach(replay::add);
        return replay.finished();
    }

    private void epoch(long epoch, double weight) {
        EpochStart start = new EpochStart(epoch, weight, rows.size());
        epochs.add(start);
        grown.begin(start);
    }

    private void look(long epoch, int... seconds) {
        long first = rows.size() + 1L;
        List<FoldRow> news = new ArrayList<>();
        for (int second : seconds) {
            for (Arm arm : Arm.values()) {
                news.add(row(first + news.size(), first, second, false, epoch, arm));
            }
        }
        rows.addAll(news);
        grown.fold(news);
    }

    private void late(long epoch, int second) {
        long position = rows.size() + 1L;
        List<FoldRow> news = List.of(row(position, position, second, true, epoch, Arm.CHAMPION));
        rows.addAll(news);
        grown.fold(news);
    }

    private FoldRow row(long position, long look, int second, boolean late, long epoch, Arm arm) {
        long[] units = IntStream.range(0, 40).mapToLong(i -> random.nextLong()).toArray();
        byte[] outcomes = new byte[units.length];
        outcomes[0] = (byte) random.nextInt(2);
        long[] failed = outcomes[0] == 1 ? new long[] {units[0]} : new long[0];
        byte[] marks = new byte[failed.length];
        java.util.Arrays.fill(marks, (byte) 1);
        return new FoldRow(
                position,
                look,
                START.plusSeconds(second),
                late,
                new ArmSecond(
                        epoch,
                        arm,
                        units.length,
                        new long[] {failed.length},
                        units,
                        outcomes,
                        failed,
                        marks));
    }
}
