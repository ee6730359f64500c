package dev.tidegate.workbench.theme;

import java.util.Locale;

/** A state's colour, which never stands alone: icon and word come with it. */
public enum Tone {
    CALM("calm", "fth-circle"),
    GOOD("good", "fth-check-circle"),
    WATCH("watch", "fth-alert-triangle"),
    BAD("bad", "fth-x-octagon"),
    UNKNOWN("unknown", "fth-help-circle");

    private final String word;
    private final String icon;

    Tone(String word, String icon) {
        this.word = word;
        this.icon = icon;
    }

    public String word() {
        return word;
    }

    /** Ikonli literal of the icon. */
    public String icon() {
        return icon;
    }

    public String styleClass() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
