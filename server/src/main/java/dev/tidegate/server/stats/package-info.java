/**
 * Always-valid statistics of the gate: pure functions and state machines without I/O, clock or
 * framework.
 */
@NullMarked
package dev.tidegate.server.stats;

import org.jspecify.annotations.NullMarked;
