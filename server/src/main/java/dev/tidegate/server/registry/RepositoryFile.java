package dev.tidegate.server.registry;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An ONNX file in Triton's layout, {@code DIR/MODEL/VERSION/model.onnx}.
 *
 * @param version as the directory is named: a positive number
 */
record RepositoryFile(String model, long version, Path file) {

    /** Returns the files below the directory, by model, versions rising. */
    static List<RepositoryFile> below(Path directory) throws IOException {
        List<RepositoryFile> files = new ArrayList<>();
        try (DirectoryStream<Path> models =
                Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path model : models) {
                addVersions(model, files);
            }
        }
        files.sort(
                Comparator.comparing(RepositoryFile::model).thenComparing(RepositoryFile::version));
        return files;
    }

    private static void addVersions(Path model, List<RepositoryFile> files) throws IOException {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(model, "[1-9]*")) {
            for (Path version : versions) {
                String number = version.getFileName().toString();
                Path file = version.resolve("model.onnx");
                if (number.matches("[0-9]{1,18}") && Files.isRegularFile(file)) {
                    files.add(
                            new RepositoryFile(
                                    model.getFileName().toString(), Long.parseLong(number), file));
                }
            }
        }
    }
}
