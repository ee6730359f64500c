package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;

/** Opens what runs a version. */
@Singleton
final class VersionSessions {
    private final OnnxRuntime runtime;
    private final ArtifactStore artifacts;
    private final RemoteSessions remotes;

    VersionSessions(OnnxRuntime runtime, ArtifactStore artifacts, RemoteSessions remotes) {
        this.runtime = runtime;
        this.artifacts = artifacts;
        this.remotes = remotes;
    }

    VersionSession open(RegisteredVersion version) {
        return version.remote()
                .map(place -> remotes.open(version, place))
                .orElseGet(
                        () ->
                                runtime.open(
                                        version.label(),
                                        artifacts.verified(version.digest()),
                                        version.signature(),
                                        version.settings()));
    }
}
