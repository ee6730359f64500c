/** Needs {@code beta}, which needs it. */
@NullMarked
package dev.tidegate.archsamples.alpha;

import org.jspecify.annotations.NullMarked;
