package dev.tidegate.workbench.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Scene;

/** The two themes: AtlantaFX Primer as base, our tokens and sheets above it. */
public enum Theme {
    DARK("dark.css", new PrimerDark().getUserAgentStylesheet()),
    LIGHT("light.css", new PrimerLight().getUserAgentStylesheet());

    private static final List<String> FEATURE_SHEETS =
            List.of(
                    "/dev/tidegate/workbench/theme/base.css",
                    "/dev/tidegate/workbench/control/control.css",
                    "/dev/tidegate/workbench/chart/chart.css",
                    "/dev/tidegate/workbench/shell/shell.css",
                    "/dev/tidegate/workbench/fleet/fleet.css",
                    "/dev/tidegate/workbench/model/model.css",
                    "/dev/tidegate/workbench/rollout/rollout.css",
                    "/dev/tidegate/workbench/playground/playground.css");

    private final String tokenSheet;
    private final String baseSheet;

    Theme(String tokenSheet, String baseSheet) {
        this.tokenSheet = tokenSheet;
        this.baseSheet = baseSheet;
    }

    /** The theme of that name in any case, if there is one. */
    public static Optional<Theme> named(String name) {
        return Arrays.stream(values())
                .filter(theme -> theme.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Reads the theme's colours. */
    public ThemeTokens tokens() {
        return ThemeTokens.read(tokenSheet);
    }

    public Theme other() {
        return this == DARK ? LIGHT : DARK;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Dresses the scene in this theme and nothing else. */
    public void applyTo(Scene scene) {
        scene.setUserAgentStylesheet(baseSheet);
        scene.getStylesheets().setAll(sheetUrl(tokenSheet));
        FEATURE_SHEETS.forEach(sheet -> scene.getStylesheets().add(sheetUrl(sheet)));
    }

    private static String sheetUrl(String sheet) {
        URL url = Theme.class.getResource(sheet);
        if (url == null) {
            throw new IllegalStateException("Style sheet is missing: " + sheet);
        }
        return url.toExternalForm();
    }
}
