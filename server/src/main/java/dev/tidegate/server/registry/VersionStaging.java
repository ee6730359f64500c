package dev.tidegate.server.registry;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteSnapshot;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Brings versions into memory and out of it, as a person asks for it. */
@Singleton
public final class VersionStaging {
    private final Database database;
    private final ModelRegistry registry;
    private final RouteReader routes;
    private final VersionLoader loader;
    private final AuditTrail audit;

    VersionStaging(
            Database database,
            ModelRegistry registry,
            RouteReader routes,
            VersionLoader loader,
            AuditTrail audit) {
        this.database = database;
        this.registry = registry;
        this.routes = routes;
        this.loader = loader;
        this.audit = audit;
    }

    /** Returns whether the version answers at once on this replica. */
    public boolean isLoaded(RegisteredVersion version) {
        return loader.isLoaded(version.id());
    }

    /** Brings a version into memory; returns when it can answer. */
    public RegisteredVersion load(String model, String version, Principal principal) {
        RegisteredVersion found = registry.version(model, version);
        loader.load(found);
        return change(
                found,
                VersionState.VALIDATED,
                VersionState.STAGED,
                new AuditEvent(principal.name(), "version.loaded", found.subject(), Map.of()));
    }

    /** Takes a version out of memory; one that a route names stays, with an error. */
    public RegisteredVersion unload(String model, String version, Principal principal) {
        RegisteredVersion found = registry.version(model, version);
        requireUnrouted(found);
        return unload(found, principal);
    }

    /** Takes every version of the model out of memory, or none when a route names one of them. */
    public void unloadAll(String model, Principal principal) {
        List<RegisteredVersion> loaded =
                registry.model(model).versions().stream().filter(this::isLoaded).toList();
        loaded.forEach(this::requireUnrouted);
        loaded.forEach(version -> unload(version, principal));
    }

    private RegisteredVersion unload(RegisteredVersion found, Principal principal) {
        loader.unload(found.id());
        return change(
                found,
                VersionState.STAGED,
                VersionState.VALIDATED,
                new AuditEvent(principal.name(), "version.unloaded", found.subject(), Map.of()));
    }

    private RegisteredVersion change(
            RegisteredVersion version, VersionState from, VersionState to, AuditEvent event) {
        return database.transaction(
                tx -> {
                    registry.lock(tx, version.model());
                    audit.append(tx, event);
                    RegisteredVersion now = registry.byId(tx, version.id()).orElseThrow();
                    if (now.state() == from) {
                        registry.move(tx, now, to, event.principal());
                    }
                    return registry.byId(tx, version.id()).orElseThrow();
                });
    }

    private void requireUnrouted(RegisteredVersion version) {
        database.read(handle -> routes.current(handle, version.modelId()))
                .ifPresent(route -> requireUnrouted(route, version));
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
