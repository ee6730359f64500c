package dev.tidegate.workbench.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Place and size of the window, in pixels. */
public record WindowBounds(int x, int y, int width, int height, boolean maximized) {
    private static final Pattern TEXT =
            Pattern.compile("(-?\\d{1,6}),(-?\\d{1,6}) (\\d{1,5})x(\\d{1,5})( maximized)?");

    String text() {
        return x + "," + y + " " + width + "x" + height + (maximized ? " maximized" : "");
    }

    static Optional<WindowBounds> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new WindowBounds(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)),
                        matcher.group(5) != null));
    }
}
