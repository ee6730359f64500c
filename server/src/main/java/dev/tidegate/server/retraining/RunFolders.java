package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.home.TemporaryFolder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The folders of the runs in progress, in the server's home; what a killed server left is removed.
 */
@Singleton
final class RunFolders {
    private final Path root;
    private final long maxDataBytes;

    RunFolders(Home home, RetrainingConfig config) {
        this.root = home.root().resolve("training");
        this.maxDataBytes = config.maxDataBytes();
        TemporaryFolder.delete(root);
    }

    /** Begins a run; the caller closes its folder. */
    RunFolder begin(UUID run) {
        try {
            return new RunFolder(run, root.resolve(run.toString()), maxDataBytes);
        } catch (IOException e) {
            throw TidegateException.unavailable(
                    "folder %s cannot be used: %s".formatted(root, e.getMessage()));
        }
    }
}
