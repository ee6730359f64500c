/** The one door to the JavaFX thread, and the pulse that drains live values to the screen. */
@NullMarked
package dev.tidegate.workbench.fx;

import org.jspecify.annotations.NullMarked;
