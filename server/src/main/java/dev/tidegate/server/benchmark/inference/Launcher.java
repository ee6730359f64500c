package dev.tidegate.server.benchmark.inference;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How {@code tidegate} is started.
 *
 * @param words the beginning of the command line
 * @param text for the table
 */
record Launcher(List<String> words, String text) {
    Launcher {
        words = List.copyOf(words);
    }

    /** Returns the launcher of this installation; this program's classes when there is none. */
    static Launcher find() {
        return installed()
                .map(
                        file ->
                                new Launcher(
                                        List.of(file.toString()),
                                        "`bin/tidegate`, with the classes that the first stop kept"))
                .orElseGet(Launcher::java);
    }

    /** The launcher lies beside the folder of the libraries. */
    private static Optional<Path> installed() {
        String first = System.getProperty("java.class.path").split(File.pathSeparator, -1)[0];
        Path libraries = Path.of(first).toAbsolutePath().getParent();
        return Optional.ofNullable(libraries)
                .map(folder -> folder.resolveSibling("bin").resolve("tidegate"))
                .filter(Files::isExecutable);
    }

    private static Launcher java() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ChildJvm.FLAGS);
        words.add(TidegateSubject.PROGRAM);
        return new Launcher(words, "`java` without kept classes, as there is no `bin/tidegate`");
    }
}
