package dev.tidegate.server.benchmark.inference;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Rows for a batch job.
 *
 * @param seed of their values
 */
record RowsFile(long seed) {

    /** Writes a CSV file with a column for each feature. */
    void write(Path file, int rows) throws IOException {
        Random random = new Random(seed);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(String.join(",", FixedRow.names()) + "\n");
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < TreeGraph.COLUMNS; column++) {
                    writer.write(column == 0 ? "" : ",");
                    writer.write(Float.toString(random.nextFloat()));
                }
                writer.write('\n');
            }
        }
    }
}
