package dev.tidegate.workbench.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.ScriptedRollout;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.predictionlog.LogEntry;
import dev.tidegate.workbench.predictionlog.PredictionLogGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

final class FailuresViewModelTest {
    private final List<String> failed = new ArrayList<>(List.of("a", "b"));
    private final UiPulse pulse = new UiPulse(Runnable::run);
    private final FailuresViewModel model =
            new FailuresViewModel(new ListedLog(), pulse, Runnable::run);

    /** A log of the failures above, read anew each time. */
    private final class ListedLog implements PredictionLogGateway {
        @Override
        public CompletableFuture<Outcome<List<LogEntry>>> newest(String model, int limit) {
            return failures("", model, "", limit);
        }

        @Override
        public CompletableFuture<Outcome<List<LogEntry>>> failures(
                String rollout, String model, String version, int limit) {
            return CompletableFuture.completedFuture(
                    new Outcome.Answered<>(
                            failed.stream().map(FailuresViewModelTest::entry).toList()));
        }

        @Override
        public CompletableFuture<Outcome<LogEntry>> find(String id) {
            return CompletableFuture.completedFuture(new Outcome.Answered<>(entry(id)));
        }
    }

    private static LogEntry entry(String id) {
        return new LogEntry(
                id,
                Instant.EPOCH,
                "churn",
                "v2",
                "v1",
                "candidate",
                "failover",
                "FAILED",
                "",
                0,
                0,
                0,
                List.of(),
                List.of(),
                "");
    }

    private void look(int from) {
        for (int second = from; second < from + 5; second++) {
            pulse.tick(Duration.ofSeconds(second).toNanos());
        }
    }

    @Test
    void leavesTheListAloneUntilSomethingNewFailed() {
        var watching = model.start();
        model.follow(RolloutProtoMapper.rollout(new ScriptedRollout(280, "RUNNING").now()));
        List<Integer> changes = new ArrayList<>();
        ListChangeListener<LogEntry> listener = _ -> changes.add(model.entries().size());
        model.entries().addListener(listener);

        look(1);
        assertThat(changes).isEmpty();

        failed.addFirst("c");
        look(6);
        assertThat(changes).containsExactly(3);
        watching.unsubscribe();
    }
}
