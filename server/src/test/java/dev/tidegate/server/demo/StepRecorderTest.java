package dev.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.demo.StepRecord.Events;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StepRecorderTest {
    private final AtomicLong nanos = new AtomicLong();
    private final StepRecorder recorder = new StepRecorder(nanos::get);

    @Test
    void keepsTheLastSightOfEachStep() {
        assertThat(recorder.saw(rollout(-1, 0, 0, "watching"))).isFalse();
        after(2);
        assertThat(recorder.saw(rollout(0, 10, 1, "the champion is known"))).isTrue();
        after(3);
        assertThat(recorder.saw(rollout(0, 40, 4, "harmful: errors"))).isFalse();
        after(1);

        assertThat(recorder.finish())
                .containsExactly(
                        new StepRecord(
                                "v2, champion watched",
                                0,
                                new Events(7, 0),
                                new Events(2, 0),
                                "the champion is known",
                                Duration.ofSeconds(2)),
                        new StepRecord(
                                "v2 at 5 %",
                                40,
                                new Events(7, 4),
                                new Events(2, 4),
                                "harmful: errors",
                                Duration.ofSeconds(4)));
    }

    @Test
    void hasNoStepsOfWhatItNeverSaw() {
        assertThat(recorder.finish()).isEmpty();
    }

    private void after(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static Document rollout(int step, long units, long events, String reason) {
        return new Document()
                .with("candidate", "v2")
                .with("step", step)
                .with("stepUnits", units)
                .with("reason", reason)
                .with("steps", List.of(new Document().with("weight", 0.05)))
                .with(
                        "guardrails",
                        List.of(guardrail("errors", 7, events), guardrail("slow p95", 2, events)));
    }

    private static Document guardrail(String name, long champion, long candidate) {
        return new Document()
                .with("name", name)
                .with("championEvents", champion)
                .with("candidateEvents", candidate);
    }
}
