/** Batch jobs: files of rows that a version answers beside live traffic. */
@NullMarked
package dev.tidegate.workbench.batch;

import org.jspecify.annotations.NullMarked;
