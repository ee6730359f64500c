package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Hands an hour over from the database to Parquet files.
 *
 * <p>The files are written, forced to the disk and moved into their places, which have their
 * content's digest for a name; then one transaction notes them and drops the hour's partition. A
 * prediction is in one tier before it and in the other one after it. Killed before, the files are
 * there and nobody knows of them: they are written again under the same names, or swept. What is
 * delivered late makes a partition anew, which is handed over as more files.
 */
@Singleton
final class LogHandOver {
    /** Who comes to the log waits behind this transaction while it waits for those before it. */
    private static final String PATIENCE = "set local lock_timeout = '3s'";

    private final Database database;
    private final LogPartitions partitions;
    private final LogFileWriter writer;
    private final LogFileTable table;
    private final Replica replica;

    LogHandOver(
            Database database,
            LogPartitions partitions,
            LogFileWriter writer,
            LogFileTable table,
            Replica replica) {
        this.database = database;
        this.partitions = partitions;
        this.writer = writer;
        this.table = table;
        this.replica = replica;
    }

    /**
     * Hands an hour over.
     *
     * @param fence refuses a leader whose time is over
     * @return the files; nothing when predictions came meanwhile, so that the hour has to be handed
     *     over again
     */
    HandedOver handOver(LogHour hour, Consumer<Handle> fence) {
        long before = database.read(handle -> blocks(handle, hour));
        List<NewLogFile> files = writer.write(hour);
        boolean done =
                database.transaction(
                        tx -> {
                            tx.execute(PATIENCE);
                            fence.accept(tx);
                            LogPartitions.lock(tx);
                            tx.execute("lock table only prediction_block in access exclusive mode");
                            if (blocks(tx, hour) != before) {
                                return false;
                            }
                            files.forEach(file -> table.insert(tx, file, replica.name()));
                            partitions.drop(tx, hour);
                            return true;
                        });
        return new HandedOver(done, files);
    }

    /** Blocks are only added, so the same number is the same blocks. */
    private static long blocks(Handle handle, LogHour hour) {
        return handle.createQuery(
                        "select count(*) from prediction_block where bucket >= :first and bucket < :end")
                .bind("first", hour.firstBucket().number())
                .bind("end", hour.plus(1).firstBucket().number())
                .mapTo(Long.class)
                .one();
    }

    /**
     * How it went.
     *
     * @param done whether the hour is out of the database
     */
    record HandedOver(boolean done, List<NewLogFile> files) {}
}
