package dev.tidegate.workbench.theme;

import java.net.URL;
import java.util.List;
import javafx.scene.text.Font;

/** The bundled fonts; style sheets and canvases name them by family. */
public final class Fonts {
    public static final String TEXT = "Inter";

    /** JavaFX knows only regular and bold in a family, so weight 600 is a family of its own. */
    public static final String SEMI_BOLD = "Inter Semi Bold";

    /** For numbers in columns, ids and digests: Inter has no tabular figures in JavaFX. */
    public static final String MONO = "JetBrains Mono";

    private static final List<String> FILES =
            List.of(
                    "Inter-Regular.otf",
                    "Inter-SemiBold.otf",
                    "Inter-Bold.otf",
                    "JetBrainsMono-Regular.ttf",
                    "JetBrainsMono-Bold.ttf");

    private Fonts() {}

    /** Makes the bundled fonts known to JavaFX; repeating it is harmless. */
    public static void load() {
        for (String file : FILES) {
            URL url = Fonts.class.getResource("fonts/" + file);
            if (url == null || Font.loadFont(url.toExternalForm(), 13) == null) {
                throw new IllegalStateException("Font cannot be loaded: " + file);
            }
        }
    }
}
