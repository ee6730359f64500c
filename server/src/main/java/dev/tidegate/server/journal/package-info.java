/**
 * Append-only segments of arm events: one writer side that never waits, and readers with offsets.
 */
@NullMarked
package dev.tidegate.server.journal;

import org.jspecify.annotations.NullMarked;
