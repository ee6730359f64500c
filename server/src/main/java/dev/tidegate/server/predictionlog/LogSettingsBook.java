package dev.tidegate.server.predictionlog;

import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.RegisteredModel;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.TensorSpec;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Says and changes what the log keeps of a model's requests, as a person asks for it. */
@Singleton
final class LogSettingsBook {
    private static final int LISTED = 30;

    /** Expected by who has seen that there are none yet: 0 means any. */
    private static final long NONE_YET = -1;

    private final Database database;
    private final ModelRegistry registry;
    private final LogSettingsTable table;
    private final KnownLogSettings known;
    private final RequestsDone done;
    private final AuditTrail audit;

    LogSettingsBook(
            Database database,
            ModelRegistry registry,
            LogSettingsTable table,
            KnownLogSettings known,
            RequestsDone done,
            AuditTrail audit) {
        this.database = database;
        this.registry = registry;
        this.table = table;
        this.known = known;
        this.done = done;
        this.audit = audit;
    }

    /**
     * Returns the settings in force.
     *
     * @throws TidegateException with kind not found when the model is unknown
     */
    LogSettingsRow get(String model) {
        long id = registry.model(model).id();
        return database.read(handle -> table.newest(handle, id));
    }

    /**
     * Gives a model these settings. When this returns this server keeps no more than they say;
     * other replicas follow within a second.
     *
     * @param requestId a repeat with the same id changes nothing; empty: no such promise
     * @param expectedRevision of the settings; 0 means any, -1 that there are none yet
     * @throws TidegateException of kind user when a field is none of the model's
     */
    LogSettingsRow set(
            String requestId,
            long expectedRevision,
            String model,
            LogSettings settings,
            Principal principal) {
        RegisteredModel found = registry.model(model);
        database.transaction(
                tx ->
                        done.once(
                                tx,
                                new RequestsDone.Request(
                                        principal.id(),
                                        "SetLogSettings",
                                        requestId,
                                        model + '\n' + settings),
                                () -> write(tx, expectedRevision, found, settings, principal)));
        known.refresh();
        return get(model);
    }

    private byte[] write(
            Handle tx,
            long expectedRevision,
            RegisteredModel model,
            LogSettings settings,
            Principal principal) {
        registry.lock(tx, model.name());
        LogSettingsRow before = table.newest(tx, model.id());
        long expected = expectedRevision == NONE_YET ? LogSettingsRow.NONE.id() : expectedRevision;
        if (expectedRevision != 0 && expected != before.id()) {
            throw TidegateException.conflict(
                    "the log's settings of model '%s' have revision %d, expected %d: somebody changed them"
                            .formatted(model.name(), before.id(), expected));
        }
        settings.added(before.settings()).forEach(field -> require(field, model));
        if (!settings.equals(before.settings())) {
            table.insert(tx, model.id(), settings, principal.name());
            audit.append(
                    tx,
                    new AuditEvent(
                            principal.name(),
                            "log.settings",
                            "model/" + model.name(),
                            Map.of("redacted", settings.redacted(), "sample", settings.sample())));
        }
        return new byte[0];
    }

    private static void require(String field, RegisteredModel model) {
        Set<String> fields = fields(model);
        if (!fields.contains(field)) {
            throw TidegateException.invalid(
                    "field '%s' of model '%s' is unknown; known: %s"
                            .formatted(Excerpt.of(field), model.name(), shown(fields)));
        }
    }

    private static String shown(Set<String> fields) {
        String listed = String.join(", ", fields.stream().limit(LISTED).toList());
        return fields.size() > LISTED
                ? "%s and %d more".formatted(listed, fields.size() - LISTED)
                : listed;
    }

    private static Set<String> fields(RegisteredModel model) {
        Set<String> fields = new TreeSet<>(List.of(LogSettings.UNIT));
        for (RegisteredVersion version : model.versions()) {
            ModelSignature signature = version.signature();
            signature.columns().stream().map(Column::name).forEach(fields::add);
            signature.inputs().stream().map(TensorSpec::name).forEach(fields::add);
            signature.outputs().stream().map(TensorSpec::name).forEach(fields::add);
        }
        return fields;
    }
}
