package dev.tidegate.server.evidence;

import java.time.Instant;
import java.util.UUID;

/**
 * Whose evidence a batch is, and through when.
 *
 * @param boot whose journal was read
 * @param replica name of the replica that delivers
 * @param second database second through which the boot has delivered
 * @param recovered whether a later boot delivers
 */
record EvidenceHead(UUID boot, String replica, Instant second, boolean recovered) {}
