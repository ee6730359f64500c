package dev.tidegate.server.benchmark;

import java.util.Locale;

/** What can be measured. */
enum Part {
    INFERENCE,
    REST,
    ALLOCATION,
    BATCH,
    SWAPS,
    START,
    SUSTAINED,
    TELEMETRY,
    LOG,
    GATE;

    /** Returns its name in the marks of a page. */
    String mark() {
        return name().toLowerCase(Locale.ROOT);
    }
}
