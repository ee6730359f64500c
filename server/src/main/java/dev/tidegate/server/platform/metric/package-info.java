/** What a running server counts and measures, and how Prometheus reads it. */
@NullMarked
package dev.tidegate.server.platform.metric;

import org.jspecify.annotations.NullMarked;
