package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StratifiedFoldsTest {
    private final boolean[] labels = labels();

    @Test
    void givesEachFoldItsShareOfThePositives() {
        StratifiedFolds folds = StratifiedFolds.deal(labels, 5, 7);

        for (int fold = 0; fold < folds.count(); fold++) {
            assertThat(folds.in(fold)).hasSize(20);
            assertThat(IntStream.of(folds.in(fold)).filter(row -> labels[row])).hasSize(5);
        }
    }

    @Test
    void putsEveryExampleInOneFold() {
        StratifiedFolds folds = StratifiedFolds.deal(labels, 5, 7);

        int[] all =
                IntStream.concat(IntStream.of(folds.in(2)), IntStream.of(folds.outside(2)))
                        .sorted()
                        .toArray();
        assertThat(all).containsExactly(IntStream.range(0, labels.length).toArray());
    }

    @Test
    void dealsTheSameWayForTheSameSeedOnly() {
        int[] once = StratifiedFolds.deal(labels, 5, 7).in(0);

        assertThat(StratifiedFolds.deal(labels, 5, 7).in(0)).containsExactly(once);
        assertThat(StratifiedFolds.deal(labels, 5, 8).in(0)).isNotEqualTo(once);
    }

    private static boolean[] labels() {
        boolean[] labels = new boolean[100];
        for (int row = 0; row < labels.length; row += 4) {
            labels[row] = true;
        }
        return labels;
    }
}
