package dev.tidegate.server.inference.rest;

import dev.tidegate.server.platform.error.TidegateException;

/** The bytes that a request may have as the message that inference takes: short JSON is much. */
final class Room {
    private final long most;
    private long left;

    Room(long most) {
        this.most = most;
        this.left = most;
    }

    /** Returns room for what is as large as it is. */
    static Room unlimited() {
        return new Room(Long.MAX_VALUE);
    }

    void take(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw tooLarge();
        }
    }

    /** Refuses a message that is larger in all. */
    void requireSize(long whole) {
        if (whole > most) {
            throw tooLarge();
        }
    }

    private TidegateException tooLarge() {
        return TidegateException.invalid(
                "the request has more than %d bytes as tensors, which is the most that is taken (tidegate.edge.max-message-bytes)"
                        .formatted(most));
    }
}
