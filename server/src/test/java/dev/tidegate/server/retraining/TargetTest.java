package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.dataset.CategoryColumn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TargetTest {
    @Test
    void takesYesAsThePositiveClass() {
        Target target = of("No", "Yes", "Yes");

        assertThat(target.positive()).isEqualTo("Yes");
        assertThat(target.negative()).isEqualTo("No");
        assertThat(target.isPositive(0)).isFalse();
    }

    @Test
    void takesTheRarerClassWhereNoneSaysYes() {
        assertThat(of("stays", "goes", "stays").positive()).isEqualTo("goes");
    }

    @Test
    void takesTheClassThatIsAskedFor() {
        CategoryColumn column = new CategoryColumn("churn", List.of("No", "Yes"));

        assertThat(Target.of(column, Optional.of("No")).positive()).isEqualTo("No");
        assertThatThrownBy(() -> Target.of(column, Optional.of("Maybe")))
                .hasMessage("the target churn has no value \"Maybe\"; its classes are [No, Yes]");
    }

    @Test
    void refusesATargetOfOneClass() {
        assertThatThrownBy(() -> of("No", "No"))
                .hasMessage(
                        "the target churn has 1 different values (No); expected exactly two classes");
    }

    @Test
    void refusesATargetOfThreeClasses() {
        assertThatThrownBy(() -> of("a", "b", "c"))
                .hasMessageContaining("has 3 different values (a, b, c)");
    }

    @Test
    void refusesATargetWithMissingValues() {
        assertThatThrownBy(() -> of("No", "", "Yes"))
                .hasMessageContaining("is missing in 1 of 3 rows");
    }

    private static Target of(String... values) {
        return Target.of(new CategoryColumn("churn", List.of(values)), Optional.empty());
    }
}
