/** Small controls and number formats that every screen shares. */
@NullMarked
package dev.tidegate.workbench.control;

import org.jspecify.annotations.NullMarked;
