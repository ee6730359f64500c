package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.time.ReadableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What one retraining shall do.
 *
 * @param run the run's identity
 * @param data the CSV file to learn from
 * @param target the column to predict; it has exactly two values
 * @param positive the target's value whose probability the model gives; empty takes yes, true or 1,
 *     else the rarer one
 * @param model the model's name
 * @param version the version's name; empty leaves it to whoever registers the version
 * @param algorithm how to learn
 * @param columns the columns to learn from; empty takes all but the target
 * @param accepted what the graph takes besides those columns
 * @param exclusions rows to leave out of the training
 * @param unknownCategory what the graph does with a category that training has not seen
 * @param seed the seed of every random choice; the same request with the same seed gives the same
 *     model
 * @param budget how long the run may take
 * @param out the folder that gets the results
 */
public record TrainingRequest(
        UUID run,
        Path data,
        String target,
        Optional<String> positive,
        String model,
        Optional<String> version,
        Algorithm algorithm,
        List<String> columns,
        AcceptedColumns accepted,
        List<Exclusion> exclusions,
        UnknownCategory unknownCategory,
        long seed,
        Duration budget,
        Path out) {

    public TrainingRequest {
        columns = List.copyOf(columns);
        exclusions = List.copyOf(exclusions);
        if (!budget.isPositive()) {
            throw new IllegalArgumentException(
                    "the budget must be longer than nothing, got " + ReadableTime.of(budget));
        }
        if (columns.contains(target)) {
            throw new IllegalArgumentException(
                    "the target %s cannot be one of the columns to learn from: %s"
                            .formatted(target, columns));
        }
    }
}
