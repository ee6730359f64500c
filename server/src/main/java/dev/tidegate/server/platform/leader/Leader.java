package dev.tidegate.server.platform.leader;

import java.time.Instant;
import java.util.UUID;

/**
 * The replica that decides.
 *
 * @param since when it was elected, in the database's time
 */
public record Leader(UUID boot, String name, Instant since) {}
