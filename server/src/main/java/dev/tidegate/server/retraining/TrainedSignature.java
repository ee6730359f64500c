package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CategoryColumn;
import dev.tidegate.server.dataset.DatasetColumn;
import dev.tidegate.server.dataset.NumberColumn;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Derives a model's signature from the whole data set, rows that the training leaves out included.
 */
final class TrainedSignature {

    private static final List<Long> ONE_COLUMN = List.of(-1L, 1L);

    private TrainedSignature() {}

    static ModelSignature of(TrainingData data) {
        return new ModelSignature(
                data.accepted().stream().map(TrainedSignature::column).toList(),
                data.accepted().stream().map(TrainedSignature::input).toList(),
                List.of(
                        new TensorSpec(ModelGraph.PROBABILITY, DataType.FP32, ONE_COLUMN),
                        new TensorSpec(ModelGraph.LABEL, DataType.BYTES, ONE_COLUMN)));
    }

    private static Column column(DatasetColumn column) {
        String name = column.name();
        boolean nullable = column.missing() > 0;
        return switch (column) {
            case CategoryColumn category ->
                    Column.category(name, name, 0, nullable, category.distinct());
            case NumberColumn number -> {
                DoubleSummaryStatistics observed = number.statistics();
                yield Column.number(name, name, 0, nullable, observed.getMin(), observed.getMax());
            }
        };
    }

    private static TensorSpec input(DatasetColumn column) {
        DataType datatype =
                switch (column) {
                    case NumberColumn number -> DataType.FP32;
                    case CategoryColumn category -> DataType.BYTES;
                };
        return new TensorSpec(column.name(), datatype, ONE_COLUMN);
    }
}
