package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.ModelRepositoryParameter;
import dev.tidegate.proto.inference.RepositoryIndexResponse.ModelIndex;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import java.util.Map;

/** The repository calls of Triton's clients. */
public final class RepositoryProtoMapper {
    /** Names the version to load or unload; Triton has no such parameter. */
    private static final String VERSION = "tidegate_version";

    /** Sent by every client of Triton; there are no dependents here. */
    private static final String DEPENDENTS = "unload_dependents";

    ModelIndex index(RegisteredVersion version, boolean ready, boolean loading) {
        return ModelIndex.newBuilder()
                .setName(version.model())
                .setVersion(version.version())
                .setState(ready ? "READY" : loading ? "LOADING" : "UNAVAILABLE")
                .setReason(ready || loading ? "" : "not in memory")
                .build();
    }

    /** There is one repository, and it has no name. */
    void requireNoName(String repository) {
        if (!repository.isEmpty()) {
            throw TidegateException.unimplemented(
                    "repository_name '%s' came; there is one repository here, leave the name out"
                            .formatted(repository));
        }
    }

    /** Returns the version that the parameters name, empty for none; refuses other parameters. */
    public String version(Map<String, ModelRepositoryParameter> parameters) {
        parameters.keySet().stream()
                .filter(name -> !name.equals(VERSION) && !name.equals(DEPENDENTS))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw TidegateException.unimplemented(
                                    "parameter '%s' is not taken here, only '%s'; models are registered by 'tidegate model register'"
                                            .formatted(name, VERSION));
                        });
        return parameters
                .getOrDefault(VERSION, ModelRepositoryParameter.getDefaultInstance())
                .getStringParam();
    }
}
