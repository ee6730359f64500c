package dev.tidegate.server.retraining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start {@code tidegate train} as a process of its own.
 *
 * @param command the words up to and including {@code train}
 */
record TrainingProgram(List<String> command) {
    TrainingProgram {
        command = List.copyOf(command);
    }

    /** Returns this program on the Java virtual machine that it runs on. */
    static TrainingProgram ofThisProcess() {
        return new TrainingProgram(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.tidegate.server.Tidegate",
                        "train"));
    }

    List<String> with(TrainingRequest request) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--run", request.run().toString()));
        words.addAll(List.of("--data", request.data().toString()));
        words.addAll(List.of("--target", request.target()));
        words.addAll(List.of("--name", request.model()));
        words.addAll(List.of("--algorithm", Words.of(request.algorithm())));
        words.addAll(List.of("--accept", Words.of(request.accepted())));
        words.addAll(List.of("--unknown-category", Words.of(request.unknownCategory())));
        words.addAll(List.of("--seed", Long.toString(request.seed())));
        words.addAll(List.of("--budget", request.budget().toString().substring("PT".length())));
        words.addAll(List.of("--out", request.out().toString()));
        words.addAll(List.of("--output", "json"));
        request.version().ifPresent(version -> words.addAll(List.of("--version", version)));
        request.positive().ifPresent(positive -> words.addAll(List.of("--positive", positive)));
        request.columns().forEach(column -> words.addAll(List.of("--columns", column)));
        request.exclusions()
                .forEach(exclusion -> words.addAll(List.of("--exclude", exclusion.toString())));
        return words;
    }
}
