package dev.tidegate.server.platform.leader;

import java.util.UUID;

/**
 * This process among the replicas.
 *
 * @param boot new at each start
 * @param name for people: host and process
 */
public record Replica(UUID boot, String name) {}
