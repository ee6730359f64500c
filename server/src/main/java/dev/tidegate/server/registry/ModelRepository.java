package dev.tidegate.server.registry;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.lifecycle.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers, at the start, the ONNX files of a directory that are not registered yet. A file that
 * cannot be is named in the log and left out; only a directory of which nothing can be read stops
 * the start.
 */
@Singleton
public final class ModelRepository implements Startup {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRepository.class);

    private final RegistryConfig config;
    private final ModelRegistry registry;
    private final VersionRegistration registration;
    private final ArtifactStore artifacts;

    ModelRepository(
            RegistryConfig config,
            ModelRegistry registry,
            VersionRegistration registration,
            ArtifactStore artifacts) {
        this.config = config;
        this.registry = registry;
        this.registration = registration;
        this.artifacts = artifacts;
    }

    /** Before the routes are looked up, so that they name what is registered here. */
    @Override
    public int getOrder() {
        return FIRST_KEY + 10;
    }

    @Override
    public void start() {
        Path directory = config.modelRepository();
        if (directory != null) {
            register(directory, files(directory));
        }
    }

    private static List<RepositoryFile> files(Path directory) {
        try {
            return RepositoryFile.below(directory);
        } catch (IOException e) {
            throw TidegateException.invalid(
                    "model repository '%s' cannot be read: %s; expected a directory with MODEL/VERSION/model.onnx"
                            .formatted(directory, e));
        }
    }

    private void register(Path directory, List<RepositoryFile> files) {
        Map<String, String> highest = new TreeMap<>();
        for (RepositoryFile file : files) {
            register(file).ifPresent(version -> highest.put(file.model(), version));
        }
        if (highest.isEmpty() && !files.isEmpty()) {
            throw TidegateException.invalid(
                    "nothing in model repository '%s' can be registered; the log names each of its %d files"
                            .formatted(directory, files.size()));
        }
        highest.forEach(this::crown);
        LOG.info(
                "model repository {} has {} files of {}",
                directory,
                files.size(),
                highest.keySet());
    }

    /** Returns the name under which the file is registered now, if it can be. */
    private Optional<String> register(RepositoryFile file) {
        try {
            String digest = Sha256.of(file.file());
            Optional<String> known =
                    registry.find(file.model()).stream()
                            .flatMap(model -> model.versions().stream())
                            .filter(version -> version.digest().equals(digest))
                            .map(RegisteredVersion::version)
                            .reduce((older, newer) -> newer);
            return known.isPresent() ? known : Optional.of(upload(file));
        } catch (TidegateException e) {
            LOG.error("{} is not registered: {}", file.file(), e.text());
            return Optional.empty();
        } catch (UncheckedIOException e) {
            LOG.error("{} is not registered: {}", file.file(), String.valueOf(e.getCause()));
            return Optional.empty();
        }
    }

    private String upload(RepositoryFile file) {
        NewVersion version =
                new NewVersion(
                        "", 0, file.model(), Long.toString(file.version()), List.of(), "", "");
        try (ArtifactUpload upload = artifacts.upload(file.file())) {
            return registration.register(version, upload, Principal.SYSTEM).version();
        }
    }

    private void crown(String model, String version) {
        if (registry.champion(model).isEmpty()) {
            registry.assignAlias("", 0, model, ModelRegistry.CHAMPION, version, Principal.SYSTEM);
        }
    }
}
