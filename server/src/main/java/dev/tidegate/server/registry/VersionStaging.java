package dev.tidegate.server.registry;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteSnapshot;
import jakarta.inject.Singleton;

/** Brings versions into memory and out of it, as a person asks for it. */
@Singleton
final class VersionStaging {
    private final Database database;
    private final ModelRegistry registry;
    private final RouteReader routes;
    private final VersionLoader loader;

    VersionStaging(
            Database database, ModelRegistry registry, RouteReader routes, VersionLoader loader) {
        this.database = database;
        this.registry = registry;
        this.routes = routes;
        this.loader = loader;
    }

    boolean isLoaded(RegisteredVersion version) {
        return loader.isLoaded(version.id());
    }

    RegisteredVersion load(String model, String version, Principal principal) {
        RegisteredVersion found = registry.version(model, version);
        loader.load(found);
        if (found.state() == VersionState.VALIDATED) {
            database.transaction(
                    tx -> {
                        registry.move(tx, found, VersionState.STAGED, principal.name());
                        return found;
                    });
        }
        return registry.version(model, version);
    }

    RegisteredVersion unload(String model, String version) {
        RegisteredVersion found = registry.version(model, version);
        database.read(handle -> routes.current(handle, found.modelId()))
                .ifPresent(route -> requireUnrouted(route, found));
        loader.unload(found.id());
        return found;
    }

    private static void requireUnrouted(RouteSnapshot route, RegisteredVersion version) {
        if (route.championId() == version.id() || route.candidateId() == version.id()) {
            throw TidegateException.precondition(
                    "%s is %s of the route with epoch %d and stays loaded; give the route another version first"
                            .formatted(
                                    version.label(),
                                    route.championId() == version.id()
                                            ? "the champion"
                                            : "the candidate",
                                    route.epoch()));
        }
    }
}
