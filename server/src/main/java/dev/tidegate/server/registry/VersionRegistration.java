package dev.tidegate.server.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.audit.AuditEvent;
import dev.tidegate.server.audit.AuditTrail;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Takes new versions in: graph and signature are checked first, then artifact, row and audit event
 * come together or not at all.
 */
@Singleton
public final class VersionRegistration {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final VersionTable table;
    private final ModelRegistry registry;
    private final ArtifactStore artifacts;
    private final GraphReader graphs;
    private final RemoteServers remotes;
    private final SignatureJson signatures;
    private final RequestsDone done;
    private final AuditTrail audit;

    /**
     * Held from the artifact's arrival in the store to its row, so that nobody discards it between.
     */
    private final ReentrantLock storing = new ReentrantLock();

    VersionRegistration(
            Database database,
            VersionTable table,
            ModelRegistry registry,
            ArtifactStore artifacts,
            GraphReader graphs,
            RemoteServers remotes,
            SignatureJson signatures,
            RequestsDone done,
            AuditTrail audit) {
        this.database = database;
        this.table = table;
        this.registry = registry;
        this.artifacts = artifacts;
        this.graphs = graphs;
        this.remotes = remotes;
        this.signatures = signatures;
        this.done = done;
        this.audit = audit;
    }

    /**
     * Returns the version once it is registered. The same artifact under the same name gets the
     * same answer, and the aliases that it lacks; another artifact or another signature is refused.
     *
     * @param upload the whole artifact; the caller closes it
     */
    public RegisteredVersion register(
            NewVersion version, ArtifactUpload upload, Principal principal) {
        return register(version, upload, principal, (tx, registered) -> {});
    }

    /**
     * Registers as above.
     *
     * @param alongside is called in the transaction that registers; when it throws, nothing is
     *     registered
     */
    public RegisteredVersion register(
            NewVersion version,
            ArtifactUpload upload,
            Principal principal,
            BiConsumer<Handle, RegisteredVersion> alongside) {
        VersionArtifact artifact = checked(version, upload);
        storing.lock();
        try {
            boolean isNew = artifacts.keep(upload);
            try {
                return database.transaction(
                        tx -> {
                            RegisteredVersion registered = once(tx, version, artifact, principal);
                            alongside.accept(tx, registered);
                            return registered;
                        });
            } catch (RuntimeException | Error e) {
                if (isNew) {
                    discardUnreferenced(artifact.digest(), e);
                }
                throw e;
            }
        } finally {
            storing.unlock();
        }
    }

    /**
     * Returns the version once it is registered; its artifact is what another server runs, which
     * must be ready there.
     */
    public RegisteredVersion register(NewVersion version, RemotePlace place, Principal principal) {
        version.settings().requireNone(version.label());
        Graph graph = remotes.read(version.label(), place);
        byte[] text = RemotePlaceJson.write(place).getBytes(StandardCharsets.UTF_8);
        VersionArtifact artifact =
                new VersionArtifact(
                        Sha256.of(text),
                        text.length,
                        remoteSignature(version, place, graph),
                        lineage(version.lineageJson()),
                        Optional.of(place));
        return database.transaction(tx -> once(tx, version, artifact, principal));
    }

    /** A server that says nothing of its model's tensors is taken at the signature's word. */
    private ModelSignature remoteSignature(NewVersion version, RemotePlace place, Graph graph) {
        boolean silent = graph.inputs().isEmpty() || graph.outputs().isEmpty();
        if (silent && version.signatureJson().isBlank()) {
            throw TidegateException.invalid(
                    "%s at %s: the server says nothing of the %s of model '%s'; give a signature"
                            .formatted(
                                    version.label(),
                                    place.addresses().getFirst(),
                                    graph.inputs().isEmpty() ? "inputs" : "outputs",
                                    place.model()));
        }
        return signature(version, graph.or(given(version)));
    }

    private ModelSignature given(NewVersion version) {
        try {
            return version.signatureJson().isBlank()
                    ? new ModelSignature(List.of(), List.of(), List.of())
                    : signatures.read(version.signatureJson());
        } catch (IllegalArgumentException e) {
            throw wrongSignature(version, e);
        }
    }

    private static TidegateException wrongSignature(
            NewVersion version, IllegalArgumentException cause) {
        return TidegateException.invalid(
                "the signature of %s: %s".formatted(version.label(), cause.getMessage()));
    }

    /** Takes an artifact back that came for nothing; the failure stays the one that is told. */
    private void discardUnreferenced(String digest, Throwable failure) {
        try {
            if (!database.read(handle -> table.isReferenced(handle, digest))) {
                artifacts.discard(digest);
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private VersionArtifact checked(NewVersion version, ArtifactUpload upload) {
        if (upload.bytes() == 0) {
            throw TidegateException.invalid(
                    "the artifact of %s is empty, expected an ONNX file"
                            .formatted(version.label()));
        }
        String digest = upload.digest();
        Graph graph = graphs.read(version.label(), upload.file());
        return new VersionArtifact(
                digest,
                upload.bytes(),
                signature(version, graph),
                lineage(version.lineageJson()),
                Optional.empty());
    }

    private ModelSignature signature(NewVersion version, Graph graph) {
        if (version.signatureJson().isBlank()) {
            return SignatureCheck.derived(graph);
        }
        try {
            ModelSignature signature = signatures.read(version.signatureJson());
            SignatureCheck.requireFits(signature, graph);
            return signature;
        } catch (IllegalArgumentException e) {
            throw wrongSignature(version, e);
        }
    }

    private static String lineage(String json) {
        if (json.isBlank()) {
            return "{}";
        }
        try {
            JSON.readTree(json);
            return json;
        } catch (JsonProcessingException e) {
            throw TidegateException.invalid("the lineage is no JSON: " + e.getOriginalMessage());
        }
    }

    private RegisteredVersion once(
            Handle tx, NewVersion version, VersionArtifact artifact, Principal principal) {
        byte[] id =
                done.once(
                        tx,
                        new RequestsDone.Request(
                                principal.id(),
                                "RegisterVersion",
                                version.requestId(),
                                version.label()
                                        + '\n'
                                        + artifact.digest()
                                        + '\n'
                                        + version.aliases()
                                        + '\n'
                                        + version.signatureJson()
                                        + version.settings().values()),
                        () ->
                                Long.toString(write(tx, version, artifact, principal))
                                        .getBytes(StandardCharsets.US_ASCII));
        return stored(tx, Long.parseLong(new String(id, StandardCharsets.US_ASCII)));
    }

    private long write(
            Handle tx, NewVersion version, VersionArtifact artifact, Principal principal) {
        VersionTable.ModelRow model = table.lock(tx, version.model());
        registry.lockFor(tx, version.aliases());
        Optional<RegisteredVersion> there = table.find(tx, version.model(), version.version());
        if (there.isPresent()) {
            return again(tx, there.get(), version, artifact, model, principal);
        }
        model.requireRevision(version.expectedRevision());
        String name =
                version.version().isEmpty() ? table.nextVersion(tx, model.id()) : version.version();
        long id =
                table.insert(tx, model.id(), name, artifact, version.settings(), principal.name());
        table.raiseRevision(tx, model.id());
        audit.append(
                tx,
                new AuditEvent(
                        principal.name(),
                        "version.registered",
                        stored(tx, id).subject(),
                        detail(version, artifact)));
        point(tx, version.aliases(), id, principal);
        return id;
    }

    private static Map<String, Object> detail(NewVersion version, VersionArtifact artifact) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("digest", artifact.digest());
        detail.put("bytes", artifact.bytes());
        detail.put("settings", version.settings().values());
        artifact.remote().ifPresent(place -> detail.put("remote", RemotePlaceJson.write(place)));
        return detail;
    }

    private void point(Handle tx, List<String> aliases, long id, Principal principal) {
        for (String alias : aliases) {
            registry.point(tx, alias, stored(tx, id), principal);
        }
    }

    /** Points the aliases that are asked for and missing; all else is as it was. */
    private long again(
            Handle tx,
            RegisteredVersion there,
            NewVersion version,
            VersionArtifact artifact,
            VersionTable.ModelRow model,
            Principal principal) {
        requireSame(there, version, artifact);
        List<String> missing =
                version.aliases().stream()
                        .filter(alias -> !there.aliases().contains(alias))
                        .toList();
        if (!missing.isEmpty()) {
            model.requireRevision(version.expectedRevision());
            point(tx, missing, there.id(), principal);
        }
        return there.id();
    }

    private static void requireSame(
            RegisteredVersion there, NewVersion version, VersionArtifact artifact) {
        VersionSettings given = version.settings();
        if (!given.equals(VersionSettings.DEFAULT) && !given.equals(there.settings())) {
            throw TidegateException.alreadyExists(
                    "%s is registered with the settings %s; `tidegate model settings` changes them"
                            .formatted(there.label(), there.settings().values()));
        }
        if (!there.digest().equals(artifact.digest())) {
            throw TidegateException.alreadyExists(
                    "%s is registered with digest %s; a version never changes, so digest %s needs a new version"
                            .formatted(there.label(), there.digest(), artifact.digest()));
        }
        if (!version.signatureJson().isBlank()) {
            SignatureChange.between(there.signature(), artifact.signature())
                    .ifPresent(
                            change -> {
                                throw TidegateException.alreadyExists(
                                        "%s is registered with another signature: %s; a version never changes, so this one needs a new version"
                                                .formatted(there.label(), change));
                            });
        }
    }

    private RegisteredVersion stored(Handle tx, long id) {
        return table.byId(tx, id)
                .orElseThrow(() -> new IllegalStateException("version " + id + " has no row"));
    }
}
