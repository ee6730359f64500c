package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MissingValuesTest {
    @TempDir private Path folder;

    /**
     * Numbers and categories are missing often and say something, so that a wrong branch would
     * show.
     */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void areAnsweredAlikeByGraphAndTrainer(Algorithm algorithm) throws IOException {
        Path data = Files.write(folder.resolve("gaps.csv"), rows());

        TrainingReport report =
                ChurnTraining.run(
                        ChurnTraining.request(
                                data,
                                algorithm,
                                folder,
                                UnknownCategory.FAIL,
                                List.of(),
                                "amount",
                                "colour"));

        assertThat(report.lineage().missing()).containsOnlyKeys("amount", "colour");
        assertThat(report.metrics().checkedRows()).isEqualTo(600);
        assertThat(report.metrics().maxDifference()).isLessThanOrEqualTo(1e-5);
        assertThat(report.metrics().auc()).isGreaterThan(0.6);
    }

    private static List<String> rows() {
        SplittableRandom random = new SplittableRandom(5);
        List<String> rows = new ArrayList<>();
        rows.add("amount,colour,churn");
        for (int row = 0; row < 600; row++) {
            boolean positive = random.nextBoolean();
            String amount =
                    random.nextInt(10) < (positive ? 4 : 1)
                            ? "NA"
                            : "%.2f".formatted(random.nextDouble(9));
            String colour =
                    random.nextInt(10) < (positive ? 3 : 1)
                            ? ""
                            : List.of("red", "blue").get(random.nextInt(2));
            rows.add(amount + "," + colour + "," + (positive ? "Yes" : "No"));
        }
        return rows;
    }
}
