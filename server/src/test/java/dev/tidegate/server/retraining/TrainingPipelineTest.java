package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.server.dataset.CsvDatasetReader;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.SignatureJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingPipelineTest {
    private static final Exclusion MAILED_CHECK = new Exclusion("payment_method", "Mailed check");

    @TempDir private Path folder;

    @Test
    void trainsTheOldModelToItsKnownQuality() {
        TrainingReport report =
                ChurnTraining.run(
                        ChurnTraining.request(
                                ChurnTraining.DATA,
                                Algorithm.LOGISTIC,
                                folder,
                                "tenure",
                                "monthly_charges",
                                "senior_citizen"));

        assertThat(report.metrics().crossValidatedAuc()).isCloseTo(0.812, within(0.01));
        assertThat(report.metrics().auc()).isCloseTo(0.812, within(0.03));
        assertThat(report.metrics().checkedRows()).isEqualTo(7043);
        assertThat(report.metrics().maxDifference()).isLessThanOrEqualTo(1e-5);
        assertThat(report.lineage().dataDigest()).startsWith("sha256:a55b84ce116b3d67");
    }

    @Test
    void trainsTreesToTheirKnownQuality() {
        TrainingReport report =
                ChurnTraining.run(
                        ChurnTraining.request(ChurnTraining.DATA, Algorithm.XGBOOST, folder));

        assertThat(report.metrics().crossValidatedAuc()).isCloseTo(0.849, within(0.01));
        assertThat(report.metrics().maxDifference()).isLessThanOrEqualTo(1e-5);
        assertThat(report.lineage().missing()).containsExactly(entry("total_charges", 11));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void givesTheSameBytesForTheSameSeed(Algorithm algorithm) throws IOException {
        Path data = ChurnTraining.firstRows(folder, 800);
        ChurnTraining.run(ChurnTraining.request(data, algorithm, folder.resolve("a")));
        ChurnTraining.run(ChurnTraining.request(data, algorithm, folder.resolve("b")));

        assertThat(folder.resolve("a/model.onnx"))
                .hasSameBinaryContentAs(folder.resolve("b/model.onnx"));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void exportsAGraphThatAgreesOnEveryRow(Algorithm algorithm) throws IOException {
        Path data = ChurnTraining.firstRows(folder, 1500);

        TrainingReport report = ChurnTraining.run(ChurnTraining.request(data, algorithm, folder));

        assertThat(report.metrics().checkedRows()).isEqualTo(1500);
        assertThat(report.metrics().maxDifference()).isBetween(0.0, 1e-5);
    }

    @Test
    void failsOnTheRowsOfACategoryThatItWasToldToFailOn() throws IOException {
        Path data = ChurnTraining.firstRows(folder, 1500);

        TrainingReport report =
                ChurnTraining.run(
                        ChurnTraining.request(
                                data,
                                Algorithm.XGBOOST,
                                folder,
                                UnknownCategory.FAIL,
                                List.of(MAILED_CHECK)));

        assertThat(report.metrics().refusedRows())
                .isEqualTo(report.lineage().excludedRows())
                .isBetween(1500 * 15 / 100, 1500 * 35 / 100);
        assertThat(report.metrics().checkedRows()).isEqualTo(1500 - report.metrics().refusedRows());
    }

    @Test
    void answersAnUnknownCategoryWhereItIsIgnored() throws IOException {
        Path data = ChurnTraining.firstRows(folder, 1500);

        TrainingReport report =
                ChurnTraining.run(
                        ChurnTraining.request(
                                data,
                                Algorithm.LOGISTIC,
                                folder,
                                UnknownCategory.IGNORE,
                                List.of(MAILED_CHECK)));

        assertThat(report.metrics().refusedRows()).isZero();
        assertThat(report.metrics().checkedRows()).isEqualTo(1500);
        assertThat(report.lineage().excludedRows()).isPositive();
    }

    @Test
    void signsForExcludedCategoriesAndColumnsNotLearnedFrom() throws IOException {
        ChurnTraining.run(
                ChurnTraining.request(
                        ChurnTraining.firstRows(folder, 1500),
                        Algorithm.LOGISTIC,
                        folder,
                        UnknownCategory.FAIL,
                        List.of(MAILED_CHECK),
                        "payment_method",
                        "tenure"));

        ModelSignature signature =
                new SignatureJson().read(Files.readString(folder.resolve("signature.json")));
        assertThat(signature.columns()).hasSize(19);
        assertThat(column(signature, "payment_method").allowed())
                .contains("Mailed check")
                .hasSize(4);
        assertThat(column(signature, "total_charges").nullable()).isTrue();
        assertThat(column(signature, "tenure").nullable()).isFalse();
        assertThat(column(signature, "tenure").maximum()).hasValue(72);
    }

    @Test
    void leavesTheRowsThatItHasNotLearnedFrom() throws IOException {
        Path data = ChurnTraining.firstRows(folder, 500);

        TrainingReport report =
                ChurnTraining.run(
                        ChurnTraining.request(data, Algorithm.LOGISTIC, folder, "tenure"));

        assertThat(new CsvDatasetReader().read(folder.resolve("holdout.csv")).rows())
                .isEqualTo(report.metrics().holdOutRows())
                .isEqualTo(500 - report.lineage().trainingRows());
    }

    @Test
    void saysWhereItStands() throws IOException {
        List<TrainingState> states = new ArrayList<>();

        new TrainingPipeline(new CsvDatasetReader(), ChurnTraining.runtime(), Clock.systemUTC())
                .run(
                        ChurnTraining.request(
                                ChurnTraining.firstRows(folder, 500),
                                Algorithm.LOGISTIC,
                                folder,
                                "tenure"),
                        progress -> states.add(progress.state()));

        assertThat(states)
                .isSorted()
                .contains(
                        TrainingState.VALIDATING,
                        TrainingState.PREPARING,
                        TrainingState.SEARCHING,
                        TrainingState.TRAINING,
                        TrainingState.EVALUATING);
    }

    @Test
    void endsWhenTheBudgetIsSpentAndLeavesNothing() {
        AtomicInteger minutes = new AtomicInteger();
        InstantSource hasty =
                () -> Instant.EPOCH.plus(Duration.ofMinutes(3L * minutes.getAndIncrement()));
        TrainingPipeline pipeline =
                new TrainingPipeline(
                        new CsvDatasetReader(),
                        ChurnTraining.runtime(),
                        hasty.withZone(ZoneOffset.UTC));
        Path out = folder.resolve("out");

        assertThatThrownBy(
                        () ->
                                pipeline.run(
                                        ChurnTraining.request(
                                                ChurnTraining.DATA,
                                                Algorithm.LOGISTIC,
                                                out,
                                                "tenure"),
                                        progress -> {}))
                .isInstanceOfSatisfying(
                        TidegateException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.PRECONDITION))
                .hasMessageContaining("the budget of 10 min is spent before fold 4 of 5");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesToLeaveOutRowsThatAreNotThere() {
        assertThatThrownBy(
                        () ->
                                ChurnTraining.run(
                                        ChurnTraining.request(
                                                ChurnTraining.DATA,
                                                Algorithm.LOGISTIC,
                                                folder,
                                                UnknownCategory.FAIL,
                                                List.of(new Exclusion("contract", "Weekly")))))
                .hasMessage(
                        "no row has contract=Weekly; values there are Month-to-month, One year, Two year");
    }

    private static Column column(ModelSignature signature, String name) {
        return signature.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
