package dev.tidegate.server.inference;

import dev.tidegate.server.platform.metric.TimeHistogram;

/**
 * Where the time of a version's answered requests went; the histograms go on counting.
 *
 * @param request from the arrival to the encoded answer
 * @param queue waiting for a thread, and for the answers of those that it ran with
 * @param batchWait the part of it that went by for those that it ran with
 * @param read reading, validating, routing
 * @param compute the graph
 * @param serialize encoding the answer
 */
record VersionTimes(
        String model,
        String version,
        TimeHistogram request,
        TimeHistogram queue,
        TimeHistogram batchWait,
        TimeHistogram read,
        TimeHistogram compute,
        TimeHistogram serialize) {}
