package dev.tidegate.server.journal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares segments ahead of the writers, on a thread of its own, within the journal's bound. */
final class SegmentSupply implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentSupply.class);

    /** Prepared segments that wait behind the one in use. */
    private static final int AHEAD = 2;

    /** Pause after a failure, in milliseconds. */
    private static final long RETRY = 250;

    private final SegmentFiles files;
    private final SegmentChain chain;
    private final long segmentBytes;
    private final int mostSegments;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String failure;

    SegmentSupply(SegmentFiles files, SegmentChain chain, JournalConfig config) {
        this.files = files;
        this.chain = chain;
        segmentBytes = config.segmentBytes();
        mostSegments = (int) (config.maxBytes() / segmentBytes);
        thread = Thread.ofPlatform().daemon().name("journal-supply").unstarted(this::run);
    }

    /** Prepares the first segment before it returns, and the others behind it. */
    void start() {
        prepare();
        thread.start();
    }

    /** Says that a segment was taken or given back. */
    void wake() {
        LockSupport.unpark(thread);
    }

    long segmentBytes() {
        return segmentBytes;
    }

    /** Returns why no segment can be prepared, or null when all is well. */
    @Nullable String failure() {
        return failure;
    }

    private void run() {
        while (closing.getCount() > 0) {
            if (!isShort()) {
                LockSupport.park(this);
            } else if (!prepare()) {
                pause();
            }
        }
    }

    private boolean isShort() {
        return chain.size() < mostSegments && (chain.current() == null || chain.ahead() < AHEAD);
    }

    private boolean prepare() {
        long number = chain.nextNumber();
        try {
            chain.add(files.create(number, segmentBytes));
            recovered();
            return true;
        } catch (IOException | RuntimeException | InternalError e) {
            failed(number, e);
            return false;
        }
    }

    private void recovered() {
        if (failure != null) {
            failure = null;
            LOG.info("journal segments can be written again");
        }
    }

    private void failed(long number, Throwable cause) {
        if (failure == null) {
            failure =
                    "%s: expected room for %d bytes: %s"
                            .formatted(files.path(number), segmentBytes, cause.getMessage());
            LOG.error("journal segment cannot be prepared, events may be lost: {}", failure, cause);
        }
    }

    private void pause() {
        try {
            boolean closed = closing.await(RETRY, MILLISECONDS);
            LOG.trace("paused after a failure; closed: {}", closed);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
