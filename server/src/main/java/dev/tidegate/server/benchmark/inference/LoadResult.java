package dev.tidegate.server.benchmark.inference;

/** What one measurement gave: answers a second, and latency in microseconds. */
record LoadResult(double rps, double p50, double p99) {}
