package dev.tidegate.server.batch;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reads rows ahead on a thread of its own while others run; a few chunks at most. */
final class RowFeed implements AutoCloseable {
    private static final int AHEAD = 4;
    private static final long PAUSE_MILLIS = 50;

    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(AHEAD);
    private final Supplier<RowChunk> chunks;
    private final Thread thread;
    private volatile boolean closed;

    RowFeed(Supplier<RowChunk> chunks) {
        this.chunks = chunks;
        this.thread = Thread.ofPlatform().name("batch-rows").daemon().unstarted(this::read);
    }

    static RowFeed start(Supplier<RowChunk> chunks) {
        RowFeed feed = new RowFeed(chunks);
        feed.thread.start();
        return feed;
    }

    /** Returns the next rows, none behind the last; waits until there are some. */
    RowChunk next() throws InterruptedException {
        return switch (queue.take()) {
            case Item.Rows rows -> rows.chunk();
            case Item.Failed failed -> throw failed.cause();
        };
    }

    private void read() {
        ThreadNiceness.lower();
        boolean goesOn = true;
        while (goesOn && !closed) {
            Item item = item();
            goesOn = item instanceof Item.Rows rows && !rows.chunk().isEnd();
            offer(item);
        }
    }

    private Item item() {
        try {
            return new Item.Rows(chunks.get());
        } catch (RuntimeException e) {
            return new Item.Failed(e);
        } catch (Error e) {
            return new Item.Failed(
                    new TidegateException(
                            ErrorCode.INTERNAL, "the rows could not be read: " + e, e));
        }
    }

    private void offer(Item item) {
        try {
            while (!closed && !queue.offer(item, PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Ends the reading; returns when nobody reads any more. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private sealed interface Item {
        record Rows(RowChunk chunk) implements Item {}

        record Failed(RuntimeException cause) implements Item {}
    }
}
