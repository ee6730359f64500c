package dev.tidegate.workbench.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveStreamTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Streams streams =
            new Streams(
                    new Backoff(
                            Duration.ofMillis(1), Duration.ofMillis(4), new SplittableRandom(1)),
                    timer,
                    Clock.systemUTC(),
                    () -> {});
    private final List<StreamSource.Receiver<String>> attempts = new CopyOnWriteArrayList<>();
    private final List<StreamEvent<String>> events = new CopyOnWriteArrayList<>();

    private Subscription open() {
        StreamSource<String> source =
                receiver -> {
                    attempts.add(receiver);
                    return Subscription.EMPTY;
                };
        return streams.open(source, events::add);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void opensTheStreamAgainWhenTheServerEndsIt() {
        open();
        attempts.getFirst().onValue("one");

        attempts.getFirst().onEnd(new ServiceFailure.Unavailable("gone"));

        await().until(() -> attempts.size() == 2);
        assertThat(streams.health().isLive()).isFalse();
        assertThat(streams.health().retrying()).isTrue();
        attempts.getLast().onValue("two");
        assertThat(streams.health().isLive()).isTrue();
    }

    @Test
    void stopsWhenNoKeyIsValid() {
        open();

        attempts.getFirst().onEnd(new ServiceFailure.Unauthenticated("unknown key"));

        ServiceFailure noKey = new ServiceFailure.Unauthenticated("unknown key");
        assertThat(events).containsExactly(new StreamEvent.Lost<>(noKey, Optional.empty()));
        assertThat(streams.health().retrying()).isFalse();
        assertThat(streams.health().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("unknown key"));
    }

    @Test
    void ignoresWhatAFormerAttemptStillSays() {
        open();
        attempts.getFirst().onEnd(new ServiceFailure.Unavailable("gone"));
        await().until(() -> attempts.size() == 2);

        attempts.getFirst().onValue("late");

        assertThat(events).hasSize(1);
    }

    @Test
    void saysNothingAfterItWasClosed() {
        Subscription subscription = open();
        subscription.unsubscribe();

        attempts.getFirst().onValue("late");
        attempts.getFirst().onEnd(new ServiceFailure.Unavailable("gone"));

        assertThat(events).isEmpty();
        assertThat(streams.health().open()).isZero();
    }

    @Test
    void waitsLongerAfterEachFailureButNeverBeyondTheCap() {
        Backoff backoff =
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(5));

        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(backoff.after(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(backoff.after(60)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
}
