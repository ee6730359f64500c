package dev.tidegate.workbench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Look;
import dev.tidegate.workbench.theme.Theme;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A value without neighbours, as the one request that a small candidate got in a minute. */
final class LonePointTest {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 200;
    private static final double NONE = Double.NaN;

    private final ChartPalette palette = Look.of(Theme.DARK).palette();

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(60_000, work);
    }

    private WritableImage picture(Samples samples, double range) {
        return onFx(
                () -> {
                    TimeChart chart =
                            new TimeChart(
                                    "chart",
                                    "chart",
                                    new ChartLink(),
                                    new SimpleObjectProperty<>(palette));
                    Scene scene = new Scene(new StackPane(chart.node()), WIDTH, HEIGHT);
                    scene.getRoot().resize(WIDTH, HEIGHT);
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    chart.show(
                            ChartFrame.ofLines(
                                    new XAxis(new Range(0, range), 0, Double::toString),
                                    YAxis.fromZero(10, 1, Double::toString),
                                    List.of(
                                            new ChartFrame.Line(
                                                    "v2",
                                                    samples,
                                                    new Ink.Arm(1),
                                                    false,
                                                    Double::toString)),
                                    List.of(),
                                    ""));
                    return scene.snapshot(new WritableImage(WIDTH, HEIGHT));
                });
    }

    private long inked(WritableImage picture) {
        Color line = palette.arm(1);
        return IntStream.range(0, WIDTH * HEIGHT)
                .mapToObj(i -> picture.getPixelReader().getColor(i % WIDTH, i / WIDTH))
                .filter(
                        seen ->
                                Math.abs(seen.getRed() - line.getRed()) < 0.1
                                        && Math.abs(seen.getGreen() - line.getGreen()) < 0.1
                                        && Math.abs(seen.getBlue() - line.getBlue()) < 0.1)
                .count();
    }

    @Test
    void isDrawnAsADot() {
        Samples lone = Samples.of(new double[] {4, 5, 6}, new double[] {NONE, 5, NONE});

        assertThat(inked(picture(lone, 10))).isBetween(4L, 40L);
    }

    @Test
    void isDrawnAsADotAmongMorePointsThanPixels() {
        double[] xs = IntStream.range(0, 2000).asDoubleStream().toArray();
        double[] ys = xs.clone();
        Arrays.fill(ys, NONE);
        ys[1000] = 5;

        assertThat(inked(picture(Samples.of(xs, ys), 2000))).isBetween(4L, 40L);
    }
}
