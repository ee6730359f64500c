package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FileChecksTest {
    @Test
    void looksIntoTwoFilesAtATimeAndRefusesWhoComesWhenManyWait() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        try (FileChecks checks = new FileChecks();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> asked =
                    IntStream.range(0, 30)
                            .mapToObj(
                                    i ->
                                            CompletableFuture.runAsync(
                                                    () -> checks.run(() -> hang(begun, open)),
                                                    clients))
                            .toList();
            try {
                await().until(() -> asked.stream().filter(CompletableFuture::isDone).count() == 12);
                await().untilAtomic(begun, equalTo(2));
            } finally {
                open.countDown();
            }
            long refused = 0;
            for (CompletableFuture<Void> each : asked) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .hasMessageContaining("16 files wait to be looked into");
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(12);
            assertThat(begun).hasValue(18);
        }
    }

    @Test
    void tellsThoseWhoWaitWhenTheServerEnds() {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        FileChecks checks = new FileChecks();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> asked =
                    IntStream.range(0, 5)
                            .mapToObj(
                                    i ->
                                            CompletableFuture.runAsync(
                                                    () -> checks.run(() -> hang(begun, open)),
                                                    clients))
                            .toList();
            await().untilAtomic(begun, equalTo(2));
            checks.close();
            asked.forEach(each -> await().until(each::isDone));
        } finally {
            open.countDown();
        }
        assertThatThrownBy(() -> checks.run(() -> {}))
                .hasMessageContaining("the server is shutting down");
    }

    @Test
    void tellsWhatTheWorkFailedWith() {
        try (FileChecks checks = new FileChecks()) {
            assertThatThrownBy(
                            () ->
                                    checks.run(
                                            () -> {
                                                throw TidegateException.invalid("no rows");
                                            }))
                    .isInstanceOf(TidegateException.class)
                    .hasMessage("no rows");
        }
    }

    private static void hang(AtomicInteger begun, CountDownLatch open) {
        begun.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
