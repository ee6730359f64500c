/** The desktop workbench: its features are the packages below this one. */
@NullMarked
package dev.tidegate.workbench;

import org.jspecify.annotations.NullMarked;
