package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.dataset.CsvDatasetReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportCheckTest {
    @TempDir private Path folder;
    private TrainingData data;
    private Learner learner;

    @BeforeEach
    void readRows() throws IOException {
        Path file = ChurnTraining.firstRows(folder, 600);
        data =
                TrainingData.of(
                        new CsvDatasetReader().read(file),
                        ChurnTraining.request(
                                file,
                                Algorithm.LOGISTIC,
                                folder,
                                UnknownCategory.FAIL,
                                List.of(new Exclusion("contract", "Two year"))));
        learner = new Learner(data, Algorithm.LOGISTIC, ChurnTraining.SEED);
    }

    @Test
    void refusesAGraphOfAnotherModel() {
        FittedModel model = learner.fit(IntStream.range(0, 300).toArray());
        FittedModel other = learner.fit(IntStream.range(300, 600).toArray());

        assertThatThrownBy(
                        () ->
                                new ExportCheck(
                                                ChurnTraining.runtime(),
                                                data,
                                                UnknownCategory.IGNORE)
                                        .check(
                                                export(other, UnknownCategory.IGNORE),
                                                TrainedSignature.of(data),
                                                model))
                .hasMessageMatching(
                        "the graph gives .* where the trainer gives .*; they may differ by 1.0E-5");
    }

    @Test
    void refusesAGraphThatAnswersARowThatItShouldFailOn() {
        FittedModel model = learner.fit(data.withoutExcluded(data.allRows()));

        assertThatThrownBy(
                        () ->
                                new ExportCheck(ChurnTraining.runtime(), data, UnknownCategory.FAIL)
                                        .check(
                                                export(model, UnknownCategory.IGNORE),
                                                TrainedSignature.of(data),
                                                model))
                .hasMessageContaining("though it has a category that training has not seen");
    }

    @Test
    void countsTheRowsThatTheGraphFailsOn() {
        FittedModel model = learner.fit(data.withoutExcluded(data.allRows()));

        CheckedExport checked =
                new ExportCheck(ChurnTraining.runtime(), data, UnknownCategory.FAIL)
                        .check(
                                export(model, UnknownCategory.FAIL),
                                TrainedSignature.of(data),
                                model);

        assertThat(checked.refusedRows()).isEqualTo(data.excludedRows()).isPositive();
    }

    private byte[] export(FittedModel model, UnknownCategory unknown) {
        return ModelGraph.export(
                "churn",
                data.accepted(),
                model.preprocessing(),
                unknown,
                model.model(),
                data.target());
    }
}
