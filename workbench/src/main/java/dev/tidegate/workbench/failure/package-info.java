/** What can go wrong between workbench and server, as one closed family. */
@NullMarked
package dev.tidegate.workbench.failure;

import org.jspecify.annotations.NullMarked;
