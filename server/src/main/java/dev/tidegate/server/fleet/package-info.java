/** All models at a glance: traffic, errors and latency by version, live. */
@NullMarked
package dev.tidegate.server.fleet;

import org.jspecify.annotations.NullMarked;
