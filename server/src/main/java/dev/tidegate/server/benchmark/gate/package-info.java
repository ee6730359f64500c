/**
 * Simulated rollouts through the shipped gate and step policy: how often it errs, and how often it
 * finds harm.
 */
@NullMarked
package dev.tidegate.server.benchmark.gate;

import org.jspecify.annotations.NullMarked;
