package dev.tidegate.server.demo;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A data set in two parts: rows to learn from, and rows kept apart for the traffic.
 *
 * @param source the whole file
 * @param training CSV with four fifths of the rows
 * @param traffic CSV with the others
 * @param trainingRows how many rows the first part has
 * @param trafficRows how many rows the second part has
 */
record DemoData(Path source, Path training, Path traffic, int trainingRows, int trafficRows) {
    private static final long SEED = 20_260_101;

    /** Splits the file by chance, always the same way. */
    static DemoData split(Path source, Path folder) {
        try {
            List<String> lines = Files.readAllLines(source);
            List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
            Collections.shuffle(rows, new Random(SEED));
            int kept = rows.size() / 5;
            Path training = folder.resolve("training.csv");
            Path traffic = folder.resolve("traffic.csv");
            write(training, lines.getFirst(), rows.subList(kept, rows.size()));
            write(traffic, lines.getFirst(), rows.subList(0, kept));
            return new DemoData(source, training, traffic, rows.size() - kept, kept);
        } catch (IOException e) {
            throw new UncheckedIOException("the data cannot be split", e);
        }
    }

    private static void write(Path file, String header, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(rows.size() + 1);
        lines.add(header);
        lines.addAll(rows);
        Files.write(file, lines);
    }

    /** Returns the file that the distribution ships. */
    static Path shipped() {
        try {
            Path program =
                    Path.of(
                            DemoData.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            Path file = program.resolve("../../data/telco-churn.csv").normalize();
            if (Files.isRegularFile(file)) {
                return file;
            }
            throw TidegateException.invalid(
                    "there is no file %s; name one with --data".formatted(file));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place cannot be named", e);
        }
    }
}
