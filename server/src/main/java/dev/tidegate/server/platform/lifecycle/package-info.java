/** In which order a server starts and stops. */
@NullMarked
package dev.tidegate.server.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
