/** Asks a model for predictions, by a form built from its signature. */
@NullMarked
package dev.tidegate.workbench.playground;

import org.jspecify.annotations.NullMarked;
