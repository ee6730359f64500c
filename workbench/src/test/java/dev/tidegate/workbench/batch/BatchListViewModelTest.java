package dev.tidegate.workbench.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.v1.BatchState;
import dev.tidegate.workbench.ScriptedBatches;
import dev.tidegate.workbench.ScriptedRegistry;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.connection.Connection;
import dev.tidegate.workbench.connection.ServerAddress;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.playground.GrpcRegistryGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The screen's state over a real connection; one thread is the screen's. */
final class BatchListViewModelTest {
    @TempDir private Path folder;

    private final ScriptedBatches batches =
            new ScriptedBatches()
                    .with("done", BatchState.BATCH_STATE_SUCCEEDED, 1)
                    .with("open", BatchState.BATCH_STATE_RUNNING, 0.4);
    private final ScriptedServer server =
            new ScriptedServer(
                    0, List.of(batches.bindService(), new ScriptedRegistry().bindService()));
    private final Connection connection =
            Connection.open(new ServerAddress("127.0.0.1", server.port()), Optional.of("key"));
    private final ExecutorService screen = Executors.newSingleThreadExecutor();
    private final UiPulse pulse = new UiPulse(screen);
    private final BatchListViewModel model =
            new BatchListViewModel(
                    new GrpcBatchGateway(connection.channel()),
                    new GrpcRegistryGateway(connection.channel()),
                    pulse,
                    screen,
                    Clock.systemUTC());
    private Subscription watching = Subscription.EMPTY;
    private int second;

    @BeforeEach
    void start() throws Exception {
        watching = onScreen(model::start);
        await().until(() -> jobs().size() == 2);
    }

    @AfterEach
    void stop() {
        watching.unsubscribe();
        screen.shutdownNow();
        connection.close();
        server.close();
    }

    @Test
    void allowsWhatTheChosenJobsStateAllowsAndSaysWhyNot() throws Exception {
        assertThat(actions().cancel().reason()).isEqualTo("Choose a job in the table");

        choose("open");
        assertThat(actions().cancel().isEnabled()).isTrue();
        assertThat(actions().cancel().words()).isEqualTo("Cancel customers-open.csv");
        assertThat(actions().save().reason()).isEqualTo("The job is running and has no result");

        choose("done");
        assertThat(actions().cancel().reason()).isEqualTo("The job is done");
        assertThat(actions().save().isEnabled()).isTrue();
    }

    @Test
    void followsTheJobsOnceASecond() throws Exception {
        choose("open");
        batches.move("open", BatchState.BATCH_STATE_SUCCEEDED, 1);

        await().until(
                        () -> {
                            pulse.tick(Duration.ofSeconds(++second).toNanos());
                            return actions().save().isEnabled();
                        });

        assertThat(jobs().getFirst().progress()).isEqualTo(1);
    }

    @Test
    void sendsAFileAndChoosesItsJob() throws Exception {
        String rows = "tenure\n" + "1\n".repeat(1_500_000);
        Path file = Files.writeString(folder.resolve("rows.csv"), rows);

        submit(file, " tenure , id ");

        await().until(() -> onScreen(model::chosen).isPresent());
        assertThat(onScreen(model::chosen).orElseThrow().input()).isEqualTo("rows.csv");
        assertThat(batches.content()).isEqualTo(rows);
        assertThat(batches.jobs().getFirst().getKeepColumnsList()).containsExactly("tenure", "id");
        assertThat(onScreen(() -> model.sendingProperty().get())).isFalse();
    }

    @Test
    void saysWhyAFileWasRefused() throws Exception {
        submit(Files.writeString(folder.resolve("rows.csv"), "tenure\n1\n"), "nothing");
        await().until(() -> said().contains("no column 'nothing' to keep"));

        submit(folder.resolve("gone.csv"), "");
        await().until(() -> said().contains("gone.csv cannot be read"));
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void cancelsTheChosenJobAlone() throws Exception {
        choose("open");

        act(model::cancel);

        await().until(
                        () ->
                                jobs().stream()
                                        .map(BatchJob::state)
                                        .toList()
                                        .equals(
                                                List.of(
                                                        dev.tidegate.workbench.batch.BatchState
                                                                .CANCELLED,
                                                        dev.tidegate.workbench.batch.BatchState
                                                                .SUCCEEDED)));
    }

    @Test
    void savesAResultWholeOrNotAtAll() throws Exception {
        Path file = folder.resolve("scored.csv");
        choose("done");

        act(() -> model.save(file));

        await().until(() -> said().startsWith("Saved as"));
        assertThat(file).content().isEqualTo("result of done");

        batches.with("torn", BatchState.BATCH_STATE_SUCCEEDED, 1);
        await().until(
                        () -> {
                            pulse.tick(Duration.ofSeconds(++second).toNanos());
                            return jobs().size() == 3;
                        });
        choose("torn");
        act(() -> model.save(folder.resolve("torn.csv")));
        await().until(() -> said().contains("gone"));
        assertThat(folder)
                .isDirectoryNotContaining(path -> path.toString().contains("torn"))
                .isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    private void submit(Path file, String keep) throws Exception {
        act(() -> model.submit("churn", "", file, keep, "csv"));
    }

    private void choose(String id) throws Exception {
        act(() -> model.choose(id));
    }

    private String said() throws Exception {
        return onScreen(() -> model.saidProperty().get());
    }

    private List<BatchJob> jobs() throws Exception {
        return onScreen(() -> model.feedProperty().get().newest().orElse(List.of()));
    }

    private BatchActions actions() throws Exception {
        return onScreen(() -> model.actionsProperty().get());
    }

    private void act(Runnable work) throws Exception {
        onScreen(
                () -> {
                    work.run();
                    return true;
                });
    }

    private <T> T onScreen(Callable<T> work) throws InterruptedException, ExecutionException {
        Future<T> done = screen.submit(work);
        return done.get();
    }
}
