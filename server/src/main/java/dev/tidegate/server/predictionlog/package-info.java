/** Durable log of what was asked and answered, fed from the journal. */
@NullMarked
package dev.tidegate.server.predictionlog;

import org.jspecify.annotations.NullMarked;
