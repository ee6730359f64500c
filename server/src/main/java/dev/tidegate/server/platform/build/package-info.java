/** What the build knows of itself. */
@NullMarked
package dev.tidegate.server.platform.build;

import org.jspecify.annotations.NullMarked;
