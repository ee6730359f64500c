package dev.tidegate.server.inference;

import dev.tidegate.server.registry.RegisteredVersion;

/**
 * What a version is taken to need outside of the heap: an estimate from its file, which is known
 * before it is loaded. What the process grows by while a version is loaded is no better: other
 * versions and requests allocate beside it, and the allocator reuses what former ones left.
 */
final class VersionSize {
    /** Of a session whose graph is tiny, its arena and threads included. */
    static final long SESSION = 1L << 20;

    /** Times the file: its weights as they are run, and the greater part of them once more. */
    static final int FILE_TIMES = 2;

    private VersionSize() {}

    /** Returns bytes; 0 for a version that another server runs. */
    static long of(RegisteredVersion version) {
        return version.remote().isPresent()
                ? 0
                : version.settings().instances().orElse(1)
                        * (SESSION + FILE_TIMES * version.bytes());
    }
}
