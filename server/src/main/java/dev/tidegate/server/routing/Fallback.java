package dev.tidegate.server.routing;

import java.util.OptionalLong;

/**
 * What stands in for a model's champion when that gives no answer.
 *
 * @param revision of the row; greater than those of all former ones
 * @param versionId an earlier version that is asked first
 * @param rules text of the rules that are asked then; empty for none
 */
public record Fallback(long revision, long modelId, OptionalLong versionId, String rules) {}
