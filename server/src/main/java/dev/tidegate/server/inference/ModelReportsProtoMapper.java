package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.ModelConfig;
import dev.tidegate.proto.inference.ModelStatisticsResponse;
import dev.tidegate.proto.inference.RepositoryIndexResponse.ModelIndex;
import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.util.List;

/** What Triton's clients ask about models, over whichever transport. */
@Singleton
public final class ModelReportsProtoMapper {
    private final ServedModels models;
    private final ServedRepository repository;
    private final InferenceCounters counters;
    private final ModelConfigProtoMapper configs = new ModelConfigProtoMapper();
    private final StatisticsProtoMapper figures = new StatisticsProtoMapper();
    private final RepositoryProtoMapper entries = new RepositoryProtoMapper();

    ModelReportsProtoMapper(
            ServedModels models, ServedRepository repository, InferenceCounters counters) {
        this.models = models;
        this.repository = repository;
        this.counters = counters;
    }

    /**
     * Returns what a version is.
     *
     * @param version empty: the champion
     */
    public ModelConfig config(String model, String version) {
        return configs.config(models.version(model, version));
    }

    /**
     * Returns what the versions in memory did.
     *
     * @param model empty: each
     * @param version empty: all of the model
     */
    public ModelStatisticsResponse statistics(String model, String version) {
        if (!counters.areOfRequests()) {
            throw TidegateException.precondition(
                    "this server keeps no statistics: tidegate.metric.requests is false");
        }
        if (!model.isEmpty()) {
            models.requireKnown(model, version);
        }
        return ModelStatisticsResponse.newBuilder()
                .addAllModelStats(
                        counters.snapshot().stream()
                                .filter(counts -> counts.isOf(model, version))
                                .map(figures::statistics)
                                .toList())
                .build();
    }

    /**
     * Returns every version.
     *
     * @param ready whether only what is in memory is asked for
     */
    public List<ModelIndex> index(boolean ready) {
        return repository.index(ready).stream()
                .map(
                        version ->
                                entries.index(
                                        version,
                                        repository.isReady(version),
                                        repository.isLoading(version)))
                .toList();
    }
}
