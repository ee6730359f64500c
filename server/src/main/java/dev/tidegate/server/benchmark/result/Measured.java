package dev.tidegate.server.benchmark.result;

/**
 * What one part of the benchmark gave.
 *
 * @param text Markdown
 * @param holds whether what is promised was reached
 */
public record Measured(String text, boolean holds) {}
