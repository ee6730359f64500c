package dev.tidegate.server.platform.http;

/**
 * Whether a client takes what there is for it. An answer that follows another is only there because
 * the client has taken nearly all of that, so that the time begins anew with it.
 */
final class ReadProgress {
    /** Bytes that a client takes within the time for writing, at least, while there are more. */
    private static final long LEAST = 1 << 15;

    private final long limit;
    private long left;
    private long taken;
    private long since;

    /**
     * @param limit the time for writing, nanoseconds
     */
    ReadProgress(long limit) {
        this.limit = limit;
    }

    /**
     * Returns whether the client has taken next to nothing for long.
     *
     * @param bytes that wait for it now
     * @param now nanoseconds of the monotonic clock
     */
    boolean isStuck(long bytes, long now) {
        boolean isFollowed = bytes > left;
        taken += Math.max(0, left - bytes);
        left = bytes;
        if (bytes == 0 || isFollowed || taken >= LEAST) {
            taken = 0;
            since = now;
        }
        return bytes != 0 && now - since >= limit;
    }
}
