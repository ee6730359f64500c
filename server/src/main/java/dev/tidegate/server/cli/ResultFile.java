package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/** Where a batch job's result goes; the file appears only when it is whole. */
record ResultFile(Path file) {
    /** Returns the result's form by the name's ending, or refuses another. */
    String form() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> "csv";
            case "json", "jsonl", "ndjson" -> "json";
            case "parquet" -> "parquet";
            default ->
                    throw TidegateException.invalid(
                            "%s would have a result of an unknown form; expected a name that ends with .csv, .json, .jsonl, .ndjson or .parquet"
                                    .formatted(file));
        };
    }

    /** Refuses a place where no file can be written. */
    void requireFolder() {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw TidegateException.invalid(
                    "%s cannot be written, expected a file name in a folder that is there"
                            .formatted(file));
        }
    }

    /** Refuses a name that promises another form than the result has. */
    void requireForm(String result) {
        if (!form().equals(result)) {
            throw TidegateException.invalid(
                    "%s would have a result in the form %s; expected a name with that ending"
                            .formatted(file, result));
        }
    }

    /**
     * Writes it whole or not at all, with the rights that new files get here; Ctrl-C leaves none.
     */
    void write(Content content) throws IOException {
        Path part =
                file.resolveSibling(".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
        part.toFile().deleteOnExit();
        try {
            try (OutputStream out =
                    new BufferedOutputStream(
                            Files.newOutputStream(part, StandardOpenOption.CREATE_NEW))) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What is to be written. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
