package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.theme.Tone;
import java.util.List;

/**
 * The status bar's words at one moment.
 *
 * @param problems what the server says is wrong with it
 */
record StatusLine(
        Tone tone,
        String stream,
        String age,
        String leader,
        List<String> problems,
        String dropped,
        String server,
        String time) {
    StatusLine {
        problems = List.copyOf(problems);
    }
}
