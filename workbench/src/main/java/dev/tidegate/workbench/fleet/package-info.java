/** The overview of all models, their routes and live traffic. */
@NullMarked
package dev.tidegate.workbench.fleet;

import org.jspecify.annotations.NullMarked;
