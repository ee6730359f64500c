/** Clocks, injected so that tests decide the time. */
@NullMarked
package dev.tidegate.server.platform.time;

import org.jspecify.annotations.NullMarked;
