package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RolloutWatchTest {
    private static final int POINTS = 2 * RolloutWatch.PAGE + 300;

    @TempDir private Path home;
    private RolloutHarness harness;

    @BeforeEach
    void open() {
        harness = new RolloutHarness(home);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private RolloutWatch watch(UUID id, Duration history) {
        return new RolloutWatch(
                harness.database,
                harness.context.getBean(RolloutTable.class),
                harness.context.getBean(RolloutViews.class),
                id,
                RolloutHarness.APPROVER,
                history);
    }

    /** Writes points a second apart, the newest of now, as a long rollout has them. */
    private void longPath(UUID id) {
        harness.look(id);
        harness.traffic(id, 900, 0, 100, 0);
        harness.look(id);
        harness.database.transaction(
                tx ->
                        tx.execute(
                                "insert into rollout_point (rollout_id, fold_position, at, point)"
                                        + " select rollout_id, fold_position + n,"
                                        + " clock_timestamp() - (? - n) * interval '1 s',"
                                        + " jsonb_set(point::jsonb, '{foldPosition}',"
                                        + " to_jsonb(fold_position + n))::text from rollout_point,"
                                        + " generate_series(1, ?) n",
                                POINTS,
                                POINTS));
    }

    @Test
    void tellsALongHistoryInPagesWithoutAGap() {
        UUID id = harness.start();
        longPath(id);
        RolloutWatch watch = watch(id, Duration.ofDays(1));
        List<Long> positions = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();

        do {
            List<PathPoint> points = watch.news().orElseThrow().points();
            pages.add(points.size());
            points.forEach(point -> positions.add(point.foldPosition()));
        } while (watch.hasMore());

        assertThat(pages).containsExactly(RolloutWatch.PAGE, RolloutWatch.PAGE, 301);
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        assertThat(watch.news().orElseThrow().points()).isEmpty();
    }

    @Test
    void tellsNoMoreHistoryThanIsAsked() {
        UUID id = harness.start();
        longPath(id);

        assertThat(watch(id, Duration.ofSeconds(100)).news().orElseThrow().points())
                .hasSizeBetween(98, 101);
        assertThat(watch(id, Duration.ZERO).news().orElseThrow().points()).isEmpty();
    }
}
