package dev.tidegate.server.registry;

import java.nio.file.Path;

/** Loads an artifact to see whether it can serve. */
public interface GraphReader {
    /**
     * Returns what the graph takes and gives.
     *
     * @param name what to call the artifact in an error
     * @throws dev.tidegate.server.platform.error.TidegateException when it cannot be loaded, with
     *     the reason
     */
    Graph read(String name, Path artifact);
}
