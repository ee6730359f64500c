package dev.tidegate.server.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells the story, one line after the other. */
final class Narrator {
    private final PrintWriter out;

    Narrator(PrintWriter out) {
        this.out = out;
    }

    void chapter(int number, String title) {
        say("");
        say(number + ". " + title);
    }

    void tell(String format, @Nullable Object... values) {
        say("   " + String.format(Locale.ROOT, format, values));
    }

    void tell(List<String> lines) {
        lines.forEach(line -> say("   " + line));
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }
}
