package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of models, versions and aliases. */
@Singleton
final class VersionTable {
    private static final String SELECT =
            "select v.*, m.name as model, array(select a.alias from model_alias a where a.version_id = v.id"
                    + " order by a.alias) as aliases from model_version v join model m on m.id = v.model_id ";

    private final SignatureJson signatures;
    private final SettingsJson settings = new SettingsJson();

    VersionTable(SignatureJson signatures) {
        this.signatures = signatures;
    }

    /** Locks the model's row, made when it is new, for the rest of the transaction. */
    ModelRow lock(Handle tx, String name) {
        tx.createUpdate("insert into model (name) values (:name) on conflict do nothing")
                .bind("name", name)
                .execute();
        return tx.createQuery("select id, revision from model where name = :name for update")
                .bind("name", name)
                .map(
                        (row, context) ->
                                new ModelRow(row.getLong("id"), name, row.getLong("revision")))
                .one();
    }

    List<ModelRow> models(Handle handle) {
        return handle.createQuery("select id, name, revision from model order by name")
                .map((row, context) -> model(row))
                .list();
    }

    Optional<ModelRow> model(Handle handle, String name) {
        return handle.createQuery("select id, name, revision from model where name = :name")
                .bind("name", name)
                .map((row, context) -> model(row))
                .findOne();
    }

    private static ModelRow model(ResultSet row) throws SQLException {
        return new ModelRow(row.getLong("id"), row.getString("name"), row.getLong("revision"));
    }

    void raiseRevision(Handle tx, long modelId) {
        tx.createUpdate("update model set revision = revision + 1 where id = :id")
                .bind("id", modelId)
                .execute();
    }

    /** Returns one more than the greatest version that is a number. */
    String nextVersion(Handle tx, long modelId) {
        return tx.createQuery(
                        "select coalesce(max(version::bigint), 0) + 1 from model_version"
                                + " where model_id = :model and version ~ '^[0-9]{1,15}$'")
                .bind("model", modelId)
                .mapTo(String.class)
                .one();
    }

    long insert(
            Handle tx,
            long modelId,
            String version,
            VersionArtifact artifact,
            VersionSettings given,
            String principal) {
        return tx.createQuery(
                        "insert into model_version (model_id, version, digest, bytes, state, signature, lineage,"
                                + " settings, remote, registered_by) values (:model, :version, :digest, :bytes, :state,"
                                + " :signature::jsonb, :lineage::jsonb, :settings::jsonb, :remote::jsonb, :by) returning id")
                .bind("model", modelId)
                .bind("version", version)
                .bind("digest", artifact.digest())
                .bind("bytes", artifact.bytes())
                .bind("state", VersionState.VALIDATED.name())
                .bind("signature", signatures.write(artifact.signature()))
                .bind("lineage", artifact.lineage())
                .bind("settings", settings.write(given))
                .bind("remote", artifact.remote().map(RemotePlaceJson::write).orElse(null))
                .bind("by", principal)
                .mapTo(Long.class)
                .one();
    }

    Optional<RegisteredVersion> find(Handle handle, String model, String version) {
        return handle.createQuery(SELECT + "where m.name = :model and v.version = :version")
                .bind("model", model)
                .bind("version", version)
                .map((row, context) -> version(row))
                .findOne();
    }

    Optional<RegisteredVersion> byId(Handle handle, long id) {
        return handle.createQuery(SELECT + "where v.id = :id")
                .bind("id", id)
                .map((row, context) -> version(row))
                .findOne();
    }

    Optional<RegisteredVersion> byAlias(Handle handle, String model, String alias) {
        return handle.createQuery(
                        SELECT
                                + "join model_alias named on named.version_id = v.id"
                                + " where m.name = :model and named.alias = :alias")
                .bind("model", model)
                .bind("alias", alias)
                .map((row, context) -> version(row))
                .findOne();
    }

    List<RegisteredVersion> versions(Handle handle) {
        return handle.createQuery(SELECT + "order by v.id")
                .map((row, context) -> version(row))
                .list();
    }

    List<RegisteredVersion> versions(Handle handle, long modelId) {
        return handle.createQuery(SELECT + "where v.model_id = :model order by v.id")
                .bind("model", modelId)
                .map((row, context) -> version(row))
                .list();
    }

    /** Points an alias at a version; returns the version that it pointed at before. */
    Optional<Long> pointAlias(Handle tx, long modelId, String alias, long versionId) {
        Optional<Long> before =
                tx.createQuery(
                                "select version_id from model_alias where model_id = :model and alias = :alias")
                        .bind("model", modelId)
                        .bind("alias", alias)
                        .mapTo(Long.class)
                        .findOne();
        tx.createUpdate(
                        "insert into model_alias (model_id, alias, version_id) values (:model, :alias, :version)"
                                + " on conflict (model_id, alias) do update set version_id = excluded.version_id")
                .bind("model", modelId)
                .bind("alias", alias)
                .bind("version", versionId)
                .execute();
        return before;
    }

    /** Moves a version on; returns whether it was in another state. */
    boolean move(Handle tx, long versionId, VersionState state) {
        return tx.createUpdate(
                                "update model_version set state = :state where id = :id and state <> :state")
                        .bind("state", state.name())
                        .bind("id", versionId)
                        .execute()
                > 0;
    }

    /** Gives a version these settings; returns whether it had others. */
    boolean setSettings(Handle tx, long versionId, VersionSettings given) {
        return tx.createUpdate(
                                "update model_version set settings = :settings::jsonb"
                                        + " where id = :id and settings <> :settings::jsonb")
                        .bind("settings", settings.write(given))
                        .bind("id", versionId)
                        .execute()
                > 0;
    }

    /** Returns those of the versions that have other settings than these. */
    List<RegisteredVersion> changed(Handle handle, Map<Long, VersionSettings> known) {
        return known.isEmpty()
                ? List.of()
                : handle
                        .createQuery(SELECT + "where v.id in (<ids>) order by v.id")
                        .bindList("ids", List.copyOf(known.keySet()))
                        .map((row, context) -> version(row))
                        .stream()
                        .filter(version -> !version.settings().equals(known.get(version.id())))
                        .toList();
    }

    boolean isReferenced(Handle handle, String digest) {
        return handle.createQuery(
                        "select exists (select from model_version where digest = :digest)")
                .bind("digest", digest)
                .mapTo(Boolean.class)
                .one();
    }

    private RegisteredVersion version(ResultSet row) throws SQLException {
        return new RegisteredVersion(
                row.getLong("id"),
                row.getLong("model_id"),
                row.getString("model"),
                row.getString("version"),
                row.getString("digest"),
                row.getLong("bytes"),
                VersionState.valueOf(row.getString("state")),
                signatures.read(row.getString("signature")),
                row.getString("lineage"),
                row.getTimestamp("registered_at").toInstant(),
                row.getString("registered_by"),
                settings.read(row.getString("settings")),
                Arrays.asList((String[]) row.getArray("aliases").getArray()),
                Optional.ofNullable(row.getString("remote")).map(RemotePlaceJson::read));
    }

    /** A model's row. */
    record ModelRow(long id, String name, long revision) {
        RegisteredModel with(List<RegisteredVersion> versions) {
            return new RegisteredModel(id, name, revision, versions);
        }

        void requireRevision(long expected) {
            if (expected != 0 && expected != revision) {
                throw TidegateException.conflict(
                        "model '%s' is at revision %d, expected %d; look again"
                                .formatted(name, revision, expected));
            }
        }
    }
}
