/** The HTTP listener for clients: routes, limits, time-outs, and the order in which it ends. */
@NullMarked
package dev.tidegate.server.platform.http;

import org.jspecify.annotations.NullMarked;
