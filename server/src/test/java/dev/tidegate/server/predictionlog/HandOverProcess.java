package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that hands every hour over, to be killed in between. */
final class HandOverProcess {
    private HandOverProcess() {}

    public static void main(String[] words) {
        StorageLocation place = new StorageLocation(words[0], words[1], words[2]);
        try (Database database = new Database(place, 4);
                LogTiers tiers = new LogTiers(database, Path.of(words[3]))) {
            tiers.handOverAll();
        }
    }

    /** Starts one. */
    static Process start(StorageLocation place, Path root) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HandOverProcess.class.getName(),
                                place.url(),
                                place.username(),
                                String.valueOf(place.password()),
                                root.toString()))
                .redirectErrorStream(true)
                .redirectOutput(root.resolveSibling("hand-over.log").toFile())
                .start();
    }
}
