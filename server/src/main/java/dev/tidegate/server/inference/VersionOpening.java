package dev.tidegate.server.inference;

import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.registry.RegisteredVersion;
import jakarta.inject.Singleton;

/** Makes a version that can answer: opened and warmed up. */
@Singleton
final class VersionOpening {
    private final VersionSessions sessions;
    private final WarmUp warmUp;
    private final MonotonicClock clock;
    private final InferenceCounters counters;
    private final SessionCloser closer;

    VersionOpening(
            VersionSessions sessions,
            WarmUp warmUp,
            MonotonicClock clock,
            InferenceCounters counters,
            SessionCloser closer) {
        this.sessions = sessions;
        this.warmUp = warmUp;
        this.clock = clock;
        this.counters = counters;
        this.closer = closer;
    }

    /**
     * Returns the version, with one holder.
     *
     * @param memory given back with the session, also when there will be none
     * @param mustAnswer false for what a route names: one whose other server does not answer now
     *     must not keep the route's other version from answering
     */
    LoadedVersion open(RegisteredVersion version, MemoryShare memory, boolean mustAnswer) {
        LoadedVersion loaded = opened(version, memory);
        try {
            if (mustAnswer) {
                loaded.requireReady();
            }
            warmUp.run(loaded);
            return loaded;
        } catch (RuntimeException | Error e) {
            loaded.release();
            throw e;
        }
    }

    private LoadedVersion opened(RegisteredVersion version, MemoryShare memory) {
        try {
            return new LoadedVersion(
                    version, sessions.open(version), memory, clock, counters, closer);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /** Opens the version and frees it again. */
    void check(RegisteredVersion version) {
        if (version.remote().isEmpty()) {
            sessions.open(version).close();
        }
    }
}
