/** Colours, fonts and style sheets of the two themes, and the words and icons of states. */
@NullMarked
package dev.tidegate.workbench.theme;

import org.jspecify.annotations.NullMarked;
