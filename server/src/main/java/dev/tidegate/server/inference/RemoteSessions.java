package dev.tidegate.server.inference;

import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.RemotePlace;

/** Opens sessions of versions that other servers run. */
public interface RemoteSessions {
    /** Returns a session that may or may not be able to answer now. */
    VersionSession open(RegisteredVersion version, RemotePlace place);
}
