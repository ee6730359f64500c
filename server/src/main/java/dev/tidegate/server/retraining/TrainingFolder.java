package dev.tidegate.server.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.dataset.Dataset;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.SignatureJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The folder that a run leaves: {@code model.onnx}, {@code signature.json}, {@code metrics.json}
 * and {@code holdout.csv}, the rows that the model has not learned from. Each file appears whole or
 * not at all, the model last.
 */
final class TrainingFolder {
    static final String MODEL = "model.onnx";
    static final String SIGNATURE = "signature.json";
    static final String METRICS = "metrics.json";
    static final String HOLD_OUT = "holdout.csv";

    private final Path folder;

    TrainingFolder(Path folder) {
        this.folder = folder;
    }

    Path model() {
        return folder.resolve(MODEL);
    }

    void write(
            byte[] onnx,
            ModelSignature signature,
            TrainingReport report,
            Dataset dataset,
            int[] holdOut) {
        try {
            Files.createDirectories(folder);
            place(HOLD_OUT, csv(dataset, holdOut));
            place(
                    SIGNATURE,
                    new SignatureJson().pretty(signature).getBytes(StandardCharsets.UTF_8));
            place(
                    METRICS,
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
            place(MODEL, onnx);
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.PRECONDITION,
                    "the results cannot be written to %s: %s".formatted(folder, e),
                    e);
        }
    }

    private void place(String name, byte[] content) throws IOException {
        Path unfinished = folder.resolve(name + ".part");
        Files.write(unfinished, content);
        Files.move(
                unfinished,
                folder.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] csv(Dataset dataset, int[] rows) throws IOException {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(dataset.names());
            for (int row : rows) {
                printer.printRecord(dataset.columns().stream().map(column -> column.text(row)));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
