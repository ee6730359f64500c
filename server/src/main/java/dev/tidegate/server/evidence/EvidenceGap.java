package dev.tidegate.server.evidence;

import java.time.Instant;

/**
 * Something that happened and is not in the evidence.
 *
 * @param from not before this database time
 * @param through not after it
 * @param foundAt when it was known to be missing
 * @param detail what is missing and of which replica, in a few words
 */
public record EvidenceGap(Instant from, Instant through, Instant foundAt, String detail) {}
