package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.RegisteredModel;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.RoutingTable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What clients may ask about models; an empty version means the champion. */
@Singleton
public final class ServedModels {
    private final ModelRegistry registry;
    private final LoadedVersions versions;
    private final RoutingTable routes;

    ServedModels(ModelRegistry registry, LoadedVersions versions, RoutingTable routes) {
        this.registry = registry;
        this.versions = versions;
        this.routes = routes;
    }

    /** Returns whether the version answers at once. */
    public boolean isReady(String model, String version) {
        return version.isEmpty()
                ? routes.of(registry.model(model).id())
                        .map(route -> isReady(route.championId()))
                        .orElse(false)
                : isReady(registry.version(model, version).id());
    }

    private boolean isReady(long versionId) {
        LoadedVersion held = versions.acquire(versionId);
        if (held == null) {
            return false;
        }
        try {
            return held.isReady();
        } finally {
            held.release();
        }
    }

    public RegisteredVersion version(String model, String version) {
        if (!version.isEmpty()) {
            return registry.version(model, version);
        }
        RegisteredModel known = registry.model(model);
        return champion(known)
                .orElseThrow(
                        () ->
                                TidegateException.precondition(
                                        "model '%s' has no champion; name one of its versions %s"
                                                .formatted(model, names(known))));
    }

    /**
     * Returns what the version takes, an empty one being the champion; empty when it is not in
     * memory.
     */
    public Optional<ModelSignature> signatureInMemory(String model, String version) {
        LoadedVersion loaded =
                version.isEmpty() ? loadedChampion(model) : versions.acquire(model, version);
        if (loaded == null) {
            return Optional.empty();
        }
        loaded.release();
        return Optional.of(loaded.version().signature());
    }

    private @Nullable LoadedVersion loadedChampion(String model) {
        Long id = versions.modelId(model);
        return id == null
                ? null
                : routes.of(id).map(route -> versions.acquire(route.championId())).orElse(null);
    }

    /** Returns whom requests without a version go to, or would go to. */
    Optional<RegisteredVersion> champion(RegisteredModel model) {
        return routes.of(model.id())
                .flatMap(route -> registry.byId(route.championId()))
                .or(() -> registry.champion(model.name()));
    }

    /** Refuses a model, or a version of it, that nobody registered; an empty version is none. */
    void requireKnown(String model, String version) {
        if (version.isEmpty()) {
            registry.model(model);
        } else {
            registry.version(model, version);
        }
    }

    public List<String> versions(String model) {
        return names(registry.model(model));
    }

    private static List<String> names(RegisteredModel model) {
        return model.versions().stream().map(RegisteredVersion::version).toList();
    }
}
