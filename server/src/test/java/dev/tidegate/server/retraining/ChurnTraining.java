package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CsvDatasetReader;
import dev.tidegate.server.inference.onnx.OnnxConfig;
import dev.tidegate.server.inference.onnx.OnnxRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Trainings on the shipped churn data. */
final class ChurnTraining {
    static final Path DATA = Path.of("src/main/dist/data/telco-churn.csv");
    static final long SEED = 5;

    private ChurnTraining() {}

    static TrainingRequest request(Path data, Algorithm algorithm, Path out, String... columns) {
        return request(data, algorithm, out, UnknownCategory.IGNORE, List.of(), columns);
    }

    static TrainingRequest request(
            Path data,
            Algorithm algorithm,
            Path out,
            UnknownCategory unknown,
            List<Exclusion> exclusions,
            String... columns) {
        return new TrainingRequest(
                new UUID(1, 2),
                data,
                "churn",
                Optional.empty(),
                "churn",
                Optional.of("1"),
                algorithm,
                List.of(columns),
                AcceptedColumns.ALL,
                exclusions,
                unknown,
                SEED,
                Duration.ofMinutes(10),
                out);
    }

    static OnnxRuntime runtime() {
        return new OnnxRuntime(new OnnxConfig(1, 0));
    }

    static TrainingReport run(TrainingRequest request) {
        return new TrainingPipeline(new CsvDatasetReader(), runtime(), Clock.systemUTC())
                .run(request, progress -> {});
    }

    /** Writes the first rows of the data to a file and returns it. */
    static Path firstRows(Path folder, int rows) throws IOException {
        try (Stream<String> lines = Files.lines(DATA)) {
            return Files.write(folder.resolve("first.csv"), lines.limit(rows + 1L).toList());
        }
    }
}
