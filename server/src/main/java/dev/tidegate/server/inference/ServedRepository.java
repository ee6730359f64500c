package dev.tidegate.server.inference;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredModel;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionStaging;
import jakarta.inject.Singleton;
import java.util.List;

/** The registry as clients of Triton see it: models that are loaded and unloaded by name. */
@Singleton
public final class ServedRepository {
    private final ModelRegistry registry;
    private final VersionStaging staging;
    private final ServedModels models;
    private final LoadedVersions versions;

    ServedRepository(
            ModelRegistry registry,
            VersionStaging staging,
            ServedModels models,
            LoadedVersions versions) {
        this.registry = registry;
        this.staging = staging;
        this.models = models;
        this.versions = versions;
    }

    /**
     * Returns every version of every model, or only those in memory.
     *
     * @param ready whether only what is in memory is asked for
     */
    List<RegisteredVersion> index(boolean ready) {
        return registry.list().stream()
                .flatMap(model -> model.versions().stream())
                .filter(version -> !ready || isReady(version))
                .toList();
    }

    /** Returns whether the version is on its way into memory. */
    boolean isLoading(RegisteredVersion version) {
        return versions.isLoading(version.id());
    }

    boolean isReady(RegisteredVersion version) {
        return staging.isLoaded(version);
    }

    /** Loads the named version; for an empty name the champion, else the newest. */
    public void load(String model, String version, Principal principal) {
        staging.load(model, version.isEmpty() ? preferred(model) : version, principal);
    }

    private String preferred(String model) {
        RegisteredModel known = registry.model(model);
        if (known.versions().isEmpty()) {
            throw TidegateException.precondition("model '%s' has no version".formatted(model));
        }
        return models.champion(known).orElseGet(known.versions()::getLast).version();
    }

    /** Unloads the named version; for an empty name every one in memory, or none of them. */
    public void unload(String model, String version, Principal principal) {
        if (version.isEmpty()) {
            staging.unloadAll(model, principal);
        } else {
            staging.unload(model, version, principal);
        }
    }
}
