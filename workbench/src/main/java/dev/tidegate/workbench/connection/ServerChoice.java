package dev.tidegate.workbench.connection;

import java.util.Optional;

/** A server to look at, and the key to present to it, if one is known. */
public record ServerChoice(ServerAddress address, Optional<String> key) {}
