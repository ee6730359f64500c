/** Batch inference: a version answers all rows of a file, at low priority beside live traffic. */
@NullMarked
package dev.tidegate.server.batch;

import org.jspecify.annotations.NullMarked;
