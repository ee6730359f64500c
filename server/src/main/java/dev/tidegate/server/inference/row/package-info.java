/** Rows of named values, laid out as a model's inputs take them. */
@NullMarked
package dev.tidegate.server.inference.row;

import org.jspecify.annotations.NullMarked;
