package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.DatasetColumn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model was made from.
 *
 * @param data the data set's file name
 * @param dataDigest the data set's digest
 * @param rows the data set's rows
 * @param trainingRows the rows that the model has learned from
 * @param excludedRows the rows that were left out by request
 * @param exclusions the requests, as COLUMN=VALUE
 * @param missing the number of missing values of each column that has any
 * @param target the predicted column
 * @param positive the class whose probability the model gives
 * @param columns the columns that the model learned from
 * @param unknownCategory what the graph does with categories that training has not seen
 * @param seed the seed of every random choice
 */
public record TrainingLineage(
        String data,
        String dataDigest,
        int rows,
        int trainingRows,
        int excludedRows,
        List<String> exclusions,
        Map<String, Integer> missing,
        String target,
        String positive,
        List<String> columns,
        String unknownCategory,
        long seed) {

    public TrainingLineage {
        exclusions = List.copyOf(exclusions);
        missing = Map.copyOf(missing);
        columns = List.copyOf(columns);
    }

    static TrainingLineage of(TrainingData data, TrainingRequest request, int trainingRows) {
        return new TrainingLineage(
                request.data().getFileName().toString(),
                data.dataset().digest(),
                data.dataset().rows(),
                trainingRows,
                data.excludedRows(),
                request.exclusions().stream().map(Exclusion::toString).toList(),
                missing(data),
                request.target(),
                data.target().positive(),
                data.learned().stream().map(DatasetColumn::name).toList(),
                Words.of(request.unknownCategory()),
                request.seed());
    }

    private static Map<String, Integer> missing(TrainingData data) {
        Map<String, Integer> missing = new TreeMap<>();
        for (DatasetColumn column : data.learned()) {
            if (column.missing() > 0) {
                missing.put(column.name(), column.missing());
            }
        }
        return missing;
    }
}
