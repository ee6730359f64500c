package dev.tidegate.server.platform.home;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What tells a home from somebody else's directory. */
final class HomeContent {
    private static final List<String> PARTS = List.of("journal", "artifacts", "postgres");

    /**
     * A new volume has the first, the workbench keeps its window in the second, the demo its story
     * in the third; the parts of a home may be links to other volumes.
     */
    private static final Set<String> HARMLESS =
            Set.of(
                    "lost+found",
                    "workbench.properties",
                    "demo",
                    "journal",
                    "artifacts",
                    "postgres");

    /** An operator may lay these into an empty home. */
    private static final List<String> HARMLESS_ENDS = List.of(".yaml", ".yml", ".log");

    private HomeContent() {}

    /** Refuses a directory with content that is neither a home's nor harmless in one. */
    static void requireOwn(Path root) throws IOException {
        if (!Files.isDirectory(root) || isHome(root)) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !isHarmless(name))
                    .min(String::compareTo)
                    .ifPresent(
                            name -> {
                                throw TidegateException.invalid(
                                        "home '%s' is no home of Tidegate: it has '%s' in it; expected an empty directory, a new one, or the home of a server"
                                                .formatted(root, name));
                            });
        }
    }

    private static boolean isHome(Path root) {
        return Files.isRegularFile(root.resolve("lock"))
                && PARTS.stream().anyMatch(part -> Files.exists(root.resolve(part)));
    }

    private static boolean isHarmless(String name) {
        return HARMLESS.contains(name) || HARMLESS_ENDS.stream().anyMatch(name::endsWith);
    }
}
