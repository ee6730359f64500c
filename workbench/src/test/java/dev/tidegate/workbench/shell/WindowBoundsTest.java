package dev.tidegate.workbench.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowBoundsTest {
    private static final List<Rectangle2D> SCREENS =
            List.of(new Rectangle2D(0, 0, 1920, 1040), new Rectangle2D(-1280, 0, 1280, 1024));

    @ParameterizedTest
    @CsvSource({
        "100, 100, true",
        "-1200, 40, true",
        "-8, -8, true",
        "1900, 100, false",
        "2200, 100, false",
        "100, 1035, false",
        "100, -600, false"
    })
    void isWithinReachWhereTheTitleBarCanBeTaken(int x, int y, boolean within) {
        assertThat(new WindowBounds(x, y, 1480, 940, false).isWithinReach(SCREENS))
                .isEqualTo(within);
    }
}
