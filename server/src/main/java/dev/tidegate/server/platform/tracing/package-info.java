/** Traces of requests: W3C Trace Context in, OpenTelemetry spans out. */
@NullMarked
package dev.tidegate.server.platform.tracing;

import org.jspecify.annotations.NullMarked;
