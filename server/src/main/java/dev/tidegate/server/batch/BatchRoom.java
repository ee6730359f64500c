package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.ReadableTime;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/** How much room files of batch jobs have on this server, those on their way among them. */
@Singleton
final class BatchRoom {
    /** Bytes that a file on its way may grow by before the room is looked at again. */
    private static final long STEP = 4 << 20;

    private final Database database;
    private final BatchFileTable stored;
    private final long most;
    private final Duration retention;
    private final AtomicLong underWay = new AtomicLong();

    BatchRoom(Database database, BatchFileTable stored, BatchConfig config) {
        this.database = database;
        this.stored = stored;
        this.most = config.maxStoredBytes();
        this.retention = config.retention();
    }

    /** Returns the part of a file that is about to come; the caller closes it. */
    Share begin() {
        return new Share();
    }

    /**
     * Refuses so many bytes when they would be too much with what is there and on its way.
     *
     * @throws TidegateException of kind exhausted
     */
    void require(long bytes) {
        database.read(
                handle -> {
                    require(handle, "", bytes);
                    return bytes;
                });
    }

    /**
     * Refuses so many bytes more.
     *
     * @param digest of a file that is not counted among those that are there; empty for none
     */
    void require(Handle handle, String digest, long bytes) {
        long there = stored.bytesBeside(handle, digest);
        long coming = underWay.get() + bytes;
        if (there + coming > most) {
            throw TidegateException.exhausted(
                    "files of batch jobs take %d bytes and %d more came, expected at most %d in all (tidegate.batch.max-stored-bytes); they are removed %s after a job's end (tidegate.batch.retention)"
                            .formatted(there, coming, most, ReadableTime.of(retention)));
        }
    }

    /** What one file on its way takes, with all that it takes beside itself until it is whole. */
    final class Share implements AutoCloseable {
        private long taken;
        private long looked;

        private Share() {}

        void grow(long bytes) {
            take(taken + bytes);
        }

        private void take(long bytes) {
            underWay.addAndGet(bytes - taken);
            taken = bytes;
            if (taken - looked >= STEP) {
                looked = taken;
                requireAsFarAsKnown();
            }
        }

        /** A database that is gone stops nothing; the whole file is held to the room once more. */
        private void requireAsFarAsKnown() {
            try {
                require(0);
            } catch (TidegateException e) {
                if (e.code().kind() != ErrorKind.UNAVAILABLE) {
                    throw e;
                }
            }
        }

        @Override
        public void close() {
            take(0);
        }
    }
}
