package dev.tidegate.server.platform.http;

import java.util.Map;

/**
 * What will answer a request.
 *
 * @param variables what stands in the path for each variable of the route
 */
record Admitted(HttpRoute route, Map<String, String> variables) {}
