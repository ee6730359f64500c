package dev.tidegate.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.rollout.RolloutFold.EpochStart;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownFoldsTest {
    private static final UUID ID = new UUID(1, 2);

    private final KnownFolds folds = new KnownFolds();
    private int restored;

    @Test
    void keepsAFoldThatAFailedLookDidNotTouch() {
        folds.during(ID, this::fold);
        assertThatThrownBy(
                        () ->
                                folds.during(
                                        ID,
                                        () -> {
                                            fold();
                                            throw new IllegalStateException("no leader");
                                        }))
                .hasMessage("no leader");
        folds.during(ID, this::fold);
        assertThat(restored).isOne();
    }

    @Test
    void losesAFoldThatAFailedLookFolded() {
        folds.during(ID, () -> fold().begin(new EpochStart(1, 0.1, 0)));
        assertThatThrownBy(
                        () ->
                                folds.during(
                                        ID,
                                        () -> {
                                            fold().begin(new EpochStart(2, 0.5, 0));
                                            throw new StackOverflowError();
                                        }))
                .isInstanceOf(StackOverflowError.class);
        folds.during(ID, this::fold);
        assertThat(restored).isEqualTo(2);
    }

    private RolloutFold fold() {
        return folds.of(
                ID,
                () -> {
                    restored++;
                    return new RolloutFold(PlanFormat.parseYaml(RolloutHarness.PLAN));
                });
    }
}
