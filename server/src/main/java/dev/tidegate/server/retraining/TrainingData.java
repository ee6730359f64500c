package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.Dataset;
import dev.tidegate.server.dataset.DatasetColumn;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A data set in its roles for one training.
 *
 * @param dataset all rows
 * @param target the classes
 * @param learned the columns that the model learns from
 * @param accepted the columns that the graph takes; those learned are among them
 * @param exclusions which rows the model does not learn from
 */
record TrainingData(
        Dataset dataset,
        Target target,
        List<DatasetColumn> learned,
        List<DatasetColumn> accepted,
        List<Exclusion> exclusions) {

    private static final Set<String> OUTPUTS = Set.of(ModelGraph.PROBABILITY, ModelGraph.LABEL);

    TrainingData {
        learned = List.copyOf(learned);
        accepted = List.copyOf(accepted);
        exclusions = List.copyOf(exclusions);
    }

    /**
     * Returns the data set in the roles that the request gives it.
     *
     * @throws TidegateException when a column is missing or is called like an output, no row has an
     *     excluded value, or the target is not of two classes
     */
    static TrainingData of(Dataset dataset, TrainingRequest request) {
        Target target = Target.of(dataset.column(request.target()), request.positive());
        List<DatasetColumn> all =
                dataset.columns().stream()
                        .filter(column -> !column.name().equals(request.target()))
                        .toList();
        List<DatasetColumn> learned =
                request.columns().isEmpty()
                        ? all
                        : request.columns().stream().map(dataset::column).toList();
        List<DatasetColumn> accepted =
                switch (request.accepted()) {
                    case LEARNED -> learned;
                    case ALL -> all;
                };
        accepted.forEach(TrainingData::requireNoOutput);
        request.exclusions()
                .forEach(exclusion -> exclusion.requireIn(dataset.column(exclusion.column())));
        return new TrainingData(dataset, target, learned, accepted, request.exclusions());
    }

    /** Returns those of the rows that the model may learn from and be measured on. */
    int[] withoutExcluded(int[] rows) {
        return Arrays.stream(rows).filter(row -> !isExcluded(row)).toArray();
    }

    int excludedRows() {
        return dataset.rows() - withoutExcluded(allRows()).length;
    }

    int[] allRows() {
        return IntStream.range(0, dataset.rows()).toArray();
    }

    private boolean isExcluded(int row) {
        return exclusions.stream()
                .anyMatch(
                        exclusion ->
                                dataset.column(exclusion.column())
                                        .text(row)
                                        .equals(exclusion.value()));
    }

    private static void requireNoOutput(DatasetColumn column) {
        if (OUTPUTS.contains(column.name())) {
            throw TidegateException.invalid(
                    "column %s is called like an output of the graph (%s); rename it or choose --columns"
                            .formatted(column.name(), OUTPUTS));
        }
    }
}
