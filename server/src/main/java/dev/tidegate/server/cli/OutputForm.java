package dev.tidegate.server.cli;

/** How a command prints what it has found out. */
enum OutputForm {
    TEXT,
    JSON
}
