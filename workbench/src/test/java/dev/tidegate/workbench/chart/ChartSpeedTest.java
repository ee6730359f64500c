package dev.tidegate.workbench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.theme.ChartPalette;
import dev.tidegate.workbench.theme.Fonts;
import dev.tidegate.workbench.theme.Look;
import dev.tidegate.workbench.theme.Theme;
import dev.tidegate.workbench.theme.Tone;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The evidence chart with more than a day of seconds; how long it takes is printed, not judged. */
final class ChartSpeedTest {
    private static final int POINTS = 100_000;
    private static final int ROUNDS = 40;
    private static final int WIDTH = 860;
    private static final int HEIGHT = 240;

    private final ChartPalette palette = Look.of(Theme.DARK).palette();
    private final TimeChart chart =
            onFx(
                    () ->
                            new TimeChart(
                                    "chart",
                                    "chart",
                                    new ChartLink(),
                                    new SimpleObjectProperty<>(palette)));

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
        Fonts.load();
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(120_000, work);
    }

    private static ChartFrame frame() {
        SplittableRandom random = new SplittableRandom(7);
        double[] xs = new double[POINTS];
        double[] estimate = new double[POINTS];
        double[] low = new double[POINTS];
        double[] high = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double width = 3 / Math.sqrt(i + 1.0);
            xs[i] = i;
            estimate[i] = 0.002 * (random.nextDouble() - 0.5);
            low[i] = estimate[i] - width;
            high[i] = estimate[i] + width;
        }
        Samples middle = Samples.of(xs, estimate);
        Ink ink = new Ink.Arm(1);
        return new ChartFrame(
                new XAxis(new Range(0, POINTS), 0, Figures::clock),
                new YAxis(new Range(-0.015, 0.025), new Range(-0.05, 0.05), 0, Figures::percent),
                List.of(new ChartFrame.Zone(0.01, 1e6, Tone.BAD)),
                List.of(
                        new ChartFrame.Band(
                                "band", Samples.of(xs, low), Samples.of(xs, high), ink)),
                List.of(new ChartFrame.Line("difference", middle, ink, false, Figures::points)),
                List.of(new ChartFrame.Rule(0.01, "tolerance", Tone.BAD)),
                List.of(),
                "");
    }

    @Test
    void paintsAHundredThousandPointsOverTheWholeWidth() {
        ChartFrame frame = frame();
        Scene scene = onFx(() -> new Scene(new StackPane(chart.node()), WIDTH, HEIGHT));
        onFx(
                () -> {
                    scene.getRoot().resize(WIDTH, HEIGHT);
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    chart.show(frame);
                    return scene;
                });
        double[] paint = new double[ROUNDS];
        double[] whole = new double[ROUNDS];
        WritableImage picture = new WritableImage(WIDTH, HEIGHT);
        for (int round = 0; round < ROUNDS; round++) {
            int now = round;
            onFx(
                    () -> {
                        long start = System.nanoTime();
                        chart.repaint();
                        paint[now] = (System.nanoTime() - start) / 1e6;
                        scene.snapshot(picture);
                        whole[now] = (System.nanoTime() - start) / 1e6;
                        return picture;
                    });
        }
        System.out.printf(
                "Evidence chart, %d points with a band, %d x %d: repaint %.1f ms, with software"
                        + " rendering of the scene %.1f ms (medians of %d)%n",
                POINTS, WIDTH, HEIGHT, median(paint), median(whole), ROUNDS);

        assertThat(inkedColumns(picture)).isGreaterThan(WIDTH - 80);
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
    }

    /** Columns of the picture with at least one pixel in the line's own colour. */
    private int inkedColumns(WritableImage picture) {
        Color line = palette.arm(1);
        int inked = 0;
        for (int x = 0; x < WIDTH; x++) {
            boolean found = false;
            for (int y = 0; y < HEIGHT && !found; y++) {
                Color seen = picture.getPixelReader().getColor(x, y);
                found =
                        Math.abs(seen.getRed() - line.getRed()) < 0.02
                                && Math.abs(seen.getBlue() - line.getBlue()) < 0.02;
            }
            inked += found ? 1 : 0;
        }
        return inked;
    }
}
