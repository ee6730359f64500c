package dev.tidegate.server.registry;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import dev.tidegate.server.routing.RouteWriter;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Models and their versions: what is there, and which aliases point at it. */
@Singleton
public final class ModelRegistry {
    /** The alias of the version that answers when no rollout says otherwise. */
    public static final String CHAMPION = "champion";

    private final Database database;
    private final VersionTable table;
    private final RouteWriter routes;
    private final RequestsDone done;
    private final AuditTrail audit;

    ModelRegistry(
            Database database,
            VersionTable table,
            RouteWriter routes,
            RequestsDone done,
            AuditTrail audit) {
        this.database = database;
        this.table = table;
        this.routes = routes;
        this.done = done;
        this.audit = audit;
    }

    public List<RegisteredModel> list() {
        return database.read(this::list);
    }

    private List<RegisteredModel> list(Handle handle) {
        Map<Long, List<RegisteredVersion>> versions =
                table.versions(handle).stream()
                        .collect(Collectors.groupingBy(RegisteredVersion::modelId));
        return table.models(handle).stream()
                .map(row -> row.with(versions.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** Returns the model, or refuses a name that nobody knows. */
    public RegisteredModel model(String name) {
        return find(name).orElseThrow(() -> UnknownName.model(name, list()));
    }

    public Optional<RegisteredModel> find(String model) {
        return RegistryName.isPossible(model)
                ? database.read(
                        handle ->
                                table.model(handle, model)
                                        .map(row -> row.with(table.versions(handle, row.id()))))
                : Optional.empty();
    }

    public Optional<RegisteredVersion> find(String model, String version) {
        return RegistryName.isPossible(model) && RegistryName.isPossible(version)
                ? database.read(handle -> table.find(handle, model, version))
                : Optional.empty();
    }

    /** Returns the version, or refuses a name that nobody knows. */
    public RegisteredVersion version(String model, String version) {
        return find(model, version).orElseThrow(() -> UnknownName.version(version, model(model)));
    }

    public Optional<RegisteredVersion> byId(long versionId) {
        return database.read(handle -> table.byId(handle, versionId));
    }

    /** Returns those of the versions whose settings are others than these now. */
    public List<RegisteredVersion> changedSettings(Map<Long, VersionSettings> known) {
        return database.read(handle -> table.changed(handle, known));
    }

    public Optional<RegisteredVersion> byId(Handle handle, long versionId) {
        return table.byId(handle, versionId);
    }

    public Optional<RegisteredVersion> alias(String model, String alias) {
        return RegistryName.isPossible(model) && RegistryName.isPossible(alias)
                ? database.read(handle -> table.byAlias(handle, model, alias))
                : Optional.empty();
    }

    public Optional<RegisteredVersion> champion(String model) {
        return alias(model, CHAMPION);
    }

    /**
     * Points an alias at a version, as a person asks for it. A new champion gets all traffic; that
     * is refused while a rollout has the model's route.
     *
     * @param requestId a repeat with the same id changes nothing; empty: no such promise
     * @param expectedRevision of the model; 0 means any
     */
    public RegisteredModel assignAlias(
            String requestId,
            long expectedRevision,
            String model,
            String alias,
            String version,
            Principal principal) {
        RegistryName.require("alias", alias);
        RegisteredVersion target = version(model, version);
        database.transaction(
                tx ->
                        done.once(
                                tx,
                                new RequestsDone.Request(
                                        principal.id(),
                                        "SetAlias",
                                        requestId,
                                        alias + '\n' + target.label()),
                                () -> assign(tx, expectedRevision, alias, target, principal)));
        return model(model);
    }

    private byte[] assign(
            Handle tx,
            long expectedRevision,
            String alias,
            RegisteredVersion target,
            Principal principal) {
        table.lock(tx, target.model()).requireRevision(expectedRevision);
        point(tx, alias, target, principal);
        return new byte[0];
    }

    /**
     * Locks a model until the transaction ends. Whoever changes a model takes this lock before the
     * route's epoch and before the head of the audit chain, so that nobody waits in a circle.
     */
    public void lock(Handle tx, String model) {
        table.lock(tx, model);
    }

    /** Locks what pointing the aliases will change, when something else is written before. */
    void lockFor(Handle tx, List<String> aliases) {
        if (aliases.contains(CHAMPION)) {
            routes.lock(tx);
        }
    }

    /** Points an alias and, for the champion, the route. */
    void point(Handle tx, String alias, RegisteredVersion target, Principal principal) {
        if (alias.equals(CHAMPION)) {
            routes.setChampion(tx, target.modelId(), target.id(), principal.name());
        }
        setAlias(tx, alias, target, principal.name());
    }

    /**
     * Points an alias inside a transaction that changes the route itself, as a promotion does. A
     * new champion is LIVE, its predecessor STAGED again.
     */
    public void setAlias(Handle tx, String alias, RegisteredVersion target, String principal) {
        Optional<Long> before = table.pointAlias(tx, target.modelId(), alias, target.id());
        if (before.equals(Optional.of(target.id()))) {
            return;
        }
        if (alias.equals(CHAMPION)) {
            before.flatMap(former -> table.byId(tx, former))
                    .ifPresent(former -> move(tx, former, VersionState.STAGED, principal));
            move(tx, target, VersionState.LIVE, principal);
        }
        table.raiseRevision(tx, target.modelId());
        audit.append(
                tx,
                new AuditEvent(
                        principal,
                        "alias.set",
                        "model/" + target.model(),
                        Map.of(
                                "alias",
                                alias,
                                "version",
                                target.version(),
                                "digest",
                                target.digest())));
    }

    /** Moves a version to a state, with its audit event; nothing happens when it is there. */
    public void move(Handle tx, RegisteredVersion version, VersionState state, String principal) {
        if (table.move(tx, version.id(), state)) {
            table.raiseRevision(tx, version.modelId());
            audit.append(
                    tx,
                    new AuditEvent(
                            principal,
                            "version." + state.name().toLowerCase(Locale.ROOT),
                            version.subject(),
                            Map.of("digest", version.digest())));
        }
    }

    /** Refuses names that nobody knows, and says which ones are known. */
    private static final class UnknownName {
        private static final int LISTED = 10;

        static TidegateException model(String name, List<RegisteredModel> known) {
            return TidegateException.notFound(
                    "model '%s' is unknown; %s"
                            .formatted(
                                    Excerpt.of(name),
                                    known(known.stream().map(RegisteredModel::name).toList())));
        }

        static TidegateException version(String version, RegisteredModel model) {
            return TidegateException.notFound(
                    "version '%s' of model '%s' is unknown; %s"
                            .formatted(
                                    Excerpt.of(version),
                                    model.name(),
                                    known(
                                            model.versions().stream()
                                                    .map(RegisteredVersion::version)
                                                    .toList())));
        }

        private static String known(List<String> names) {
            if (names.isEmpty()) {
                return "none is registered";
            }
            List<String> newest = new ArrayList<>(names.reversed());
            String shown = String.join(", ", newest.stream().limit(LISTED).toList());
            return names.size() > LISTED
                    ? "known are %s and %d more".formatted(shown, names.size() - LISTED)
                    : "known: " + shown;
        }
    }
}
