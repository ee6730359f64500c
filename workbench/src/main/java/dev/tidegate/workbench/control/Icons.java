package dev.tidegate.workbench.control;

import dev.tidegate.workbench.theme.Tone;
import java.util.Locale;
import org.kordamp.ikonli.javafx.FontIcon;

/** Icons of the Feather set. */
public final class Icons {
    private Icons() {}

    public static FontIcon of(String literal) {
        return new FontIcon(literal);
    }

    /** The tone's icon in the tone's colour. */
    public static FontIcon of(Tone tone) {
        FontIcon icon = new FontIcon(tone.icon());
        icon.getStyleClass().add("tone-icon-" + tone.name().toLowerCase(Locale.ROOT));
        return icon;
    }
}
