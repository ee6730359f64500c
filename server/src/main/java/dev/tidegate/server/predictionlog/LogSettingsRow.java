package dev.tidegate.server.predictionlog;

import java.time.Instant;

/**
 * Settings as somebody made them.
 *
 * @param id rises with every change; 0 when nobody has made any
 * @param at when they were made
 */
record LogSettingsRow(long id, LogSettings settings, Instant at) {
    static final LogSettingsRow NONE = new LogSettingsRow(0, LogSettings.ALL, Instant.EPOCH);
}
