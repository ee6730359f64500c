package dev.tidegate.server.routing;

/** Says whether the versions that a route names can answer. */
public interface RouteReadiness {
    /**
     * Returns at once; what is missing is loaded in the background. It is asked again.
     *
     * @param route the route that wants to come into force on this replica
     */
    boolean isReady(RouteSnapshot route);
}
