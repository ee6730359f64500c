/** Which version answers a request: routes, epochs, sticky assignment, leases. */
@NullMarked
package dev.tidegate.server.routing;

import org.jspecify.annotations.NullMarked;
