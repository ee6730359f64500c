package dev.tidegate.server.registry;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** Changes how a version runs, as a person asks for it. */
@Singleton
public final class VersionTuning {
    private final Database database;
    private final ModelRegistry registry;
    private final VersionTable table;
    private final VersionLoader loader;
    private final RequestsDone done;
    private final AuditTrail audit;

    VersionTuning(
            Database database,
            ModelRegistry registry,
            VersionTable table,
            VersionLoader loader,
            RequestsDone done,
            AuditTrail audit) {
        this.database = database;
        this.registry = registry;
        this.table = table;
        this.loader = loader;
        this.done = done;
        this.audit = audit;
    }

    /**
     * Gives a version these settings and no others, once this server has shown that it can load it
     * with them. Where the version is in memory, it runs with them when this returns; other
     * replicas follow by themselves.
     *
     * @param requestId a repeat with the same id changes nothing; empty: no such promise
     * @param expectedRevision of the model; 0 means any
     */
    public RegisteredVersion set(
            String requestId,
            long expectedRevision,
            String model,
            String version,
            VersionSettings settings,
            Principal principal) {
        RegisteredVersion found = registry.version(model, version);
        if (found.remote().isPresent()) {
            settings.requireNone(found.label());
        }
        loader.check(found.with(settings));
        database.transaction(
                tx ->
                        done.once(
                                tx,
                                new RequestsDone.Request(
                                        principal.id(),
                                        "SetVersionSettings",
                                        requestId,
                                        found.label() + '\n' + settings.values()),
                                () -> write(tx, expectedRevision, found, settings, principal)));
        RegisteredVersion now = registry.version(model, version);
        loader.renew(now);
        return now;
    }

    private byte[] write(
            Handle tx,
            long expectedRevision,
            RegisteredVersion version,
            VersionSettings settings,
            Principal principal) {
        table.lock(tx, version.model()).requireRevision(expectedRevision);
        if (table.setSettings(tx, version.id(), settings)) {
            table.raiseRevision(tx, version.modelId());
            audit.append(
                    tx,
                    new AuditEvent(
                            principal.name(),
                            "version.settings",
                            version.subject(),
                            settings.values()));
        }
        return new byte[0];
    }
}
