package dev.tidegate.workbench.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveStreamTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Streams streams =
            listening(new Silence(Duration.ofMinutes(2), Duration.ofMinutes(1)));
    private final List<StreamSource.Receiver<String>> attempts = new CopyOnWriteArrayList<>();
    private final List<StreamEvent<String>> events = new CopyOnWriteArrayList<>();

    private final AtomicInteger cancelled = new AtomicInteger();
    private final StreamSource<String> source =
            receiver -> {
                attempts.add(receiver);
                return cancelled::incrementAndGet;
            };

    private Subscription open() {
        return streams.open(source, events::add);
    }

    private Streams listening(Silence silence) {
        Backoff quick =
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), new SplittableRandom(1));
        return new Streams(quick, silence, timer, Clock.systemUTC(), () -> {});
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
    void takesSilenceForALossAndOpensTheStreamAgain() {
        Streams impatient = listening(new Silence(Duration.ofMinutes(1), Duration.ofMillis(20)));
        impatient.open(source, events::add);
        attempts.getFirst().onValue("one");

        await().until(() -> attempts.size() == 2);

        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        StreamEvent.Lost.class,
                        lost ->
                                assertThat(lost.failure())
                                        .isInstanceOf(ServiceFailure.Unavailable.class));
        assertThat(cancelled).hasValue(1);
        assertThat(impatient.health().isLive()).isFalse();
    }

    @Test
    void doesNotWaitForAFirstValueForGood() {
        Streams impatient = listening(new Silence(Duration.ofMillis(20), Duration.ofMinutes(1)));

        impatient.open(source, events::add);

        await().until(() -> attempts.size() >= 2);
    }

    @Test
    void stampsAValueWithTheTimeAtWhichItCame() {
        Instant came = Instant.parse("2026-03-01T09:00:00Z");
        Streams still =
                new Streams(
                        new Backoff(
                                Duration.ofMillis(1),
                                Duration.ofMillis(4),
                                new SplittableRandom(1)),
                        Silence.standard(),
                        timer,
                        Clock.fixed(came, ZoneOffset.UTC),
                        () -> {});
        List<Feed<Integer>> feeds = new CopyOnWriteArrayList<>();
        still.follow(source, String::length, feeds::add);
        ServiceFailure gone = new ServiceFailure.Unavailable("gone");

        attempts.getFirst().onValue("one");
        attempts.getFirst().onEnd(gone);

        assertThat(feeds)
                .containsExactly(new Feed.Live<>(3, came), new Feed.Stale<>(3, came, gone));
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
