package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A home, a cache and a repository of models for one server after the other.
 *
 * @param folder where they are
 * @param launcher of the servers
 */
record StartPlace(BenchFolder folder, Launcher launcher) {

    /** Returns the models' names. */
    static List<String> models(int count) {
        return IntStream.range(0, count).mapToObj(i -> "model-" + i).toList();
    }

    /** Writes versions of models, no two of them alike. */
    void fill(List<String> models, int versions) throws IOException {
        Random seeds = new Random(FixedRow.SEED);
        for (String model : models) {
            for (int version = 1; version <= versions; version++) {
                Path directory =
                        Files.createDirectories(
                                repository().resolve(model).resolve(Integer.toString(version)));
                Files.write(
                        directory.resolve("model.onnx"),
                        new TreeGraph(new Random(seeds.nextLong())).bytes());
            }
        }
    }

    /** Returns the directory for {@code --model-repository}. */
    Path repository() {
        return folder.resolve("repository");
    }

    /** Starts a server on free ports. */
    ChildJvm serve(List<String> more) {
        List<String> command = new ArrayList<>(launcher.words());
        command.addAll(
                List.of(
                        "serve",
                        "--home",
                        folder.resolve("home").toString(),
                        "--http-port",
                        "0",
                        "--grpc-port",
                        "0",
                        "--management-port",
                        "0"));
        command.addAll(more);
        return ChildJvm.launch(
                folder.resolve("start.err"),
                Map.of(
                        "TIDEGATE_JAVA_HOME",
                        System.getProperty("java.home"),
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString(),
                        "CLASSPATH",
                        System.getProperty("java.class.path")),
                command);
    }
}
