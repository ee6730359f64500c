/** The window around the screens: rail, top bar, status bar, palette and places. */
@NullMarked
package dev.tidegate.workbench.shell;

import org.jspecify.annotations.NullMarked;
