package dev.tidegate.workbench.model;

/**
 * What the answered requests of one version took since it was loaded on the replica that was asked,
 * nanoseconds together.
 */
record StageTotals(
        String version,
        long requests,
        long readNanos,
        long queueNanos,
        long computeNanos,
        long encodeNanos) {}
