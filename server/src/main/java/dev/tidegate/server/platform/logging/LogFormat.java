package dev.tidegate.server.platform.logging;

/** How a line on standard error looks. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
