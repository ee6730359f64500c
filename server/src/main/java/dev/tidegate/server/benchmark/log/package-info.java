/** How much the journal and the prediction log take, measured. */
@NullMarked
package dev.tidegate.server.benchmark.log;

import org.jspecify.annotations.NullMarked;
