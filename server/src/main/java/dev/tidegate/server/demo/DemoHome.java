package dev.tidegate.server.demo;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the story's server lives.
 *
 * @param root the server's home
 * @param isTemporary whether nobody asked for this place
 */
record DemoHome(Path root, boolean isTemporary) {
    static DemoHome of(@Nullable Path asked) {
        try {
            if (asked == null) {
                return new DemoHome(Files.createTempDirectory("tidegate-demo-"), true).made();
            }
            Path root = asked.toAbsolutePath().normalize();
            Files.createDirectories(root);
            try (Stream<Path> content = Files.list(root)) {
                if (content.findAny().isPresent()) {
                    throw TidegateException.invalid(
                            "home %s is not empty; the demo needs one of its own".formatted(root));
                }
            }
            return new DemoHome(root, false).made();
        } catch (IOException e) {
            throw TidegateException.invalid("home %s cannot be used: %s".formatted(asked, e));
        }
    }

    private DemoHome made() throws IOException {
        Files.createDirectories(folder());
        return this;
    }

    /** Returns the folder for what is the story's own. */
    Path folder() {
        return root.resolve("demo");
    }

    Path serverLog() {
        return folder().resolve("server.log");
    }

    /** Removes a temporary home. */
    void discard() {
        if (isTemporary) {
            TemporaryFolder.delete(root);
        }
    }
}
