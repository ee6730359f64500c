package dev.tidegate.server.platform.http;

import org.jspecify.annotations.Nullable;

/** What comes in on a connection, each to be answered in its turn. */
sealed interface Incoming {
    /** Returns how many bytes it keeps in memory while it waits. */
    int bytes();

    /** Gives them back. */
    void release();

    /**
     * A request as a whole.
     *
     * @param share what the body, and then its answer, takes of the bytes for all
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Received(HttpHead head, Admitted admitted, byte[] body, BodyBudget.Share share)
            implements Incoming {
        @Override
        public int bytes() {
            return body.length;
        }

        /** Gives the body's bytes back for those of its answer; false when there is no room. */
        boolean makesRoomFor(int answer) {
            return share.replace(answer);
        }

        @Override
        public void release() {
            share.close();
        }
    }

    /**
     * A request that is not taken.
     *
     * @param head null when not even that could be read
     * @param isLast whether the connection ends with the answer
     */
    record Refused(@Nullable HttpHead head, HttpReply reply, boolean isLast) implements Incoming {
        /** Returns the refusal of what cannot be read on from. */
        static Refused last(HttpReply reply) {
            return new Refused(null, reply, true);
        }

        @Override
        public int bytes() {
            return 0;
        }

        @Override
        public void release() {
            // It keeps nothing.
        }
    }
}
