package dev.tidegate.server.routing;

import java.util.Set;

/**
 * How far a replica has come with the routes.
 *
 * @param seen the highest epoch that it knows
 * @param waiting epochs up to there that are not in force here yet
 */
record Followed(long seen, Set<Long> waiting) {
    Followed {
        waiting = Set.copyOf(waiting);
    }
}
