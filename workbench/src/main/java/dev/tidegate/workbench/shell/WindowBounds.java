package dev.tidegate.workbench.shell;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.geometry.Rectangle2D;

/** Place and size of the window, in pixels. */
public record WindowBounds(int x, int y, int width, int height, boolean maximized) {
    private static final Pattern TEXT =
            Pattern.compile("(-?\\d{1,6}),(-?\\d{1,6}) (\\d{1,5})x(\\d{1,5})( maximized)?");

    /** How much of the title bar must be on a screen so that one can get hold of it, in pixels. */
    private static final int GRIP_WIDTH = 100;

    private static final int GRIP_HEIGHT = 20;

    /** Whether the window can be taken by its title bar on one of these screens. */
    public boolean isWithinReach(List<Rectangle2D> screens) {
        return screens.stream().anyMatch(this::isWithinReach);
    }

    private boolean isWithinReach(Rectangle2D screen) {
        double wide =
                Math.min(screen.getMaxX(), x + (double) width) - Math.max(screen.getMinX(), x);
        double high =
                Math.min(screen.getMaxY(), y + 2.0 * GRIP_HEIGHT) - Math.max(screen.getMinY(), y);
        return wide >= GRIP_WIDTH && high >= GRIP_HEIGHT;
    }

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
