/** What was asked and answered, as the server keeps it. */
@NullMarked
package dev.tidegate.workbench.predictionlog;

import org.jspecify.annotations.NullMarked;
