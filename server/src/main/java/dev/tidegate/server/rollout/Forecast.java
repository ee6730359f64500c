package dev.tidegate.server.rollout;

import java.util.List;

/**
 * What a plan means at today's traffic.
 *
 * @param text how long it takes at least, step by step; empty when nothing is known
 * @param warnings what its writer should know
 */
record Forecast(String text, List<String> warnings) {
    /** Of a rollout that is under way: its steps say how it goes. */
    static final Forecast NONE = new Forecast("", List.of());

    Forecast {
        warnings = List.copyOf(warnings);
    }
}
