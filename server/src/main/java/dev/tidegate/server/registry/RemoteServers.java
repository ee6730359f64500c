package dev.tidegate.server.registry;

import java.util.List;

/** The other servers that run versions. */
public interface RemoteServers {
    /**
     * Returns what the model takes and gives there, asked of every address.
     *
     * @param name what to call the version in an error
     * @throws dev.tidegate.server.platform.error.TidegateException UNAVAILABLE when an address does
     *     not answer, PRECONDITION when the model is not ready there, or not the same everywhere
     */
    Graph read(String name, RemotePlace place);

    /**
     * Returns how the addresses of a loaded version fare; none when it is not loaded or not remote.
     */
    List<RemoteState> states(long versionId);
}
