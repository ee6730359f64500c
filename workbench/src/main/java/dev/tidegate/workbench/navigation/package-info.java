/** Places in the workbench, and the way back and forward between them. */
@NullMarked
package dev.tidegate.workbench.navigation;

import org.jspecify.annotations.NullMarked;
