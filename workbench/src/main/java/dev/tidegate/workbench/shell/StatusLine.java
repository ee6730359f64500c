package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.theme.Tone;

/** The status bar's words at one moment. */
record StatusLine(
        Tone tone,
        String stream,
        String age,
        String leader,
        String dropped,
        String server,
        String time) {}
