package dev.tidegate.server.inference.row;

import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @param number from 1
 * @param row what it says; empty when it cannot be taken apart
 * @param problem why it cannot; null when it can
 */
public record RowRead(long number, Row row, @Nullable String problem) {}
