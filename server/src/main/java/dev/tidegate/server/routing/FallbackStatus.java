package dev.tidegate.server.routing;

import java.time.Instant;
import java.util.Optional;

/**
 * A fallback as people see it.
 *
 * @param version an earlier version that is asked first
 * @param rules empty for none
 */
public record FallbackStatus(
        long revision, Optional<String> version, String rules, Instant since, String by) {}
