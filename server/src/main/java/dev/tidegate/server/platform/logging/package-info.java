/** The form of the lines that the server writes about itself. */
@NullMarked
package dev.tidegate.server.platform.logging;

import org.jspecify.annotations.NullMarked;
