package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessTrainingLauncherTest {
    private final TrainingLauncher launcher = new ProcessTrainingLauncher();

    @TempDir private Path folder;

    @Test
    void runsAsAChildWhatItWouldRunItself() throws IOException, InterruptedException {
        Path data = ChurnTraining.firstRows(folder, 500);
        List<Exclusion> exclusions = List.of(new Exclusion("contract", "Two year"));
        List<TrainingProgress> progress = Collections.synchronizedList(new ArrayList<>());

        TrainingReport ofChild =
                launcher.launch(
                        request(data, "child", exclusions, "tenure", "contract"), progress::add);

        TrainingReport own =
                ChurnTraining.run(request(data, "own", exclusions, "tenure", "contract"));
        assertThat(ofChild.metrics()).isEqualTo(own.metrics());
        assertThat(ofChild.lineage()).isEqualTo(own.lineage());
        assertThat(ofChild.run()).isEqualTo(own.run());
        assertThat(folder.resolve("child/model.onnx"))
                .hasSameBinaryContentAs(folder.resolve("own/model.onnx"));
        assertThat(progress).extracting(TrainingProgress::state).contains(TrainingState.EVALUATING);
    }

    @Test
    void passesOnWhyARunFailed() throws IOException {
        Path data = ChurnTraining.firstRows(folder, 50);

        assertThatThrownBy(
                        () ->
                                launcher.launch(
                                        request(data, "child", List.of(), "town"), step -> {}))
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageStartingWith("first.csv has no column \"town\"; its columns are churn");
    }

    @Test
    void saysSoWhenTheChildDies() {
        TrainingLauncher deadly =
                new ProcessTrainingLauncher(
                        new TrainingProgram(
                                List.of("sh", "-c", "echo out of memory >&2; exit 137")),
                        Duration.ZERO);

        assertThatThrownBy(
                        () ->
                                deadly.launch(
                                        request(ChurnTraining.DATA, "child", List.of()),
                                        step -> {}))
                .hasMessage("the training ended with code 137: out of memory");
    }

    @Test
    void endsAChildThatHangsBeyondItsBudget() {
        TrainingLauncher hanging =
                new ProcessTrainingLauncher(
                        new TrainingProgram(List.of("sh", "-c", "sleep 1000")),
                        Duration.ofMinutes(-10).plusMillis(50));
        Set<Long> before = children();

        assertThatThrownBy(
                        () ->
                                hanging.launch(
                                        request(ChurnTraining.DATA, "child", List.of()),
                                        step -> {}))
                .hasMessage(
                        "the training was ended after 50 ms: its budget is 10 min; give a longer --budget");
        await().until(() -> before.containsAll(children()));
    }

    @Test
    void stopsTheChildWhenItIsInterrupted() throws InterruptedException {
        Set<Long> before = children();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        launcher.launch(
                                                request(ChurnTraining.DATA, "child", List.of()),
                                                step -> begun.countDown());
                                        end.complete(new AssertionError("it ran to its end"));
                                    } catch (InterruptedException | RuntimeException e) {
                                        end.complete(e);
                                    }
                                });
        begun.await();

        caller.interrupt();

        assertThat(end.join()).isInstanceOf(InterruptedException.class);
        await().until(() -> before.containsAll(children()));
        assertThat(folder.resolve("child/model.onnx")).doesNotExist();
    }

    private TrainingRequest request(
            Path data, String out, List<Exclusion> exclusions, String... columns) {
        return ChurnTraining.request(
                data,
                columns.length == 0 ? Algorithm.XGBOOST : Algorithm.LOGISTIC,
                folder.resolve(out),
                UnknownCategory.FAIL,
                exclusions,
                columns);
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }
}
