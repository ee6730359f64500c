package dev.tidegate.server.journal;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process's journal of arm events.
 *
 * <p>An append copies the event into a memory-mapped segment. When it has returned true the event
 * is in the operating system's hands: killing the process does not lose it.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path directory;
    private final int payloadCap;
    private final SegmentFiles files;
    private final SegmentChain chain = new SegmentChain();
    private final SegmentSupply supply;
    private final ReaderPositions readers = new ReaderPositions();
    private final LongAdder appended = new LongAdder();
    private final LongAdder lost = new LongAdder();

    /**
     * Opens an empty journal.
     *
     * @param directory of this boot alone; made when it is missing
     * @throws TidegateException when the directory cannot be made
     */
    public Journal(Path directory, JournalConfig config) {
        this.directory = directory;
        payloadCap = config.payloadCap();
        files = new SegmentFiles(made(directory));
        supply = new SegmentSupply(files, chain, config);
        supply.start();
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw TidegateException.precondition(
                    "journal directory %s: expected a directory that can be written: %s"
                            .formatted(directory, e));
        }
    }

    /**
     * Appends an event; never waits and never throws for what happens on the disk.
     *
     * @return false when the event is lost: no segment is ready, because the disk is full, cannot
     *     be written, or the readers are further behind than the journal's bound
     */
    public boolean append(ArmEvent event) {
        boolean kept = write(new EncodedEvent(event, payloadCap));
        (kept ? appended : lost).increment();
        return kept;
    }

    private boolean write(EncodedEvent event) {
        Segment segment = chain.current();
        while (segment != null) {
            if (isWritten(segment, event)) {
                return true;
            }
            if (!chain.roll(segment)) {
                return false;
            }
            supply.wake();
            segment = chain.current();
        }
        return false;
    }

    private static boolean isWritten(Segment segment, EncodedEvent event) {
        long at = claim(segment, event.length());
        if (at == Segment.FULL) {
            return false;
        }
        try {
            event.write(segment.memory(), at);
            segment.publish(at, event.length());
            return true;
        } catch (RuntimeException | Error e) {
            segment.abandon(at, event.length());
            throw e;
        }
    }

    /** A segment that was read and closed while this writer slept counts as full. */
    private static long claim(Segment segment, int length) {
        try {
            return segment.claim(length);
        } catch (IllegalStateException closed) {
            return Segment.FULL;
        }
    }

    /** Returns the events that were appended since the start. */
    public long appended() {
        return appended.sum();
    }

    /** Returns the events that could not be appended since the start. */
    public long lost() {
        return lost.sum();
    }

    /** Returns how many prepared segments wait behind the one in use. */
    long ahead() {
        return chain.ahead();
    }

    /** Returns why no further segment can be prepared; empty when all is well. */
    public Optional<String> failure() {
        return Optional.ofNullable(supply.failure());
    }

    /** Returns the place behind the newest record. */
    public JournalOffset end() {
        @Nullable Segment segment = chain.current();
        return segment == null
                ? JournalOffset.START
                : new JournalOffset(segment.number(), segment.tail());
    }

    /** Returns the bytes between what a reader has delivered and the newest record. */
    public long lag(JournalReaderName reader) {
        JournalOffset passed = readers.passed(reader);
        JournalOffset end = end();
        long segments = end.segment() - passed.segment();
        return Math.max(0, segments * supply.segmentBytes() + end.position() - passed.position());
    }

    /** Returns the bytes that the journal occupies on the disk. */
    public long bytes() {
        return supply.segmentBytes() * chain.size();
    }

    public JournalReader reader() {
        return new JournalReader(chain);
    }

    /** Says that a reader has delivered all before the offset; deletes what nobody needs. */
    public void release(JournalReaderName reader, JournalOffset passed) {
        long needed = readers.moved(reader, passed);
        @Nullable Segment free = chain.takeBefore(needed);
        while (free != null) {
            delete(free);
            free = chain.takeBefore(needed);
        }
        supply.wake();
    }

    private void delete(Segment segment) {
        segment.close();
        try {
            files.delete(segment.number());
        } catch (IOException e) {
            LOG.warn("journal segment {} cannot be deleted", files.path(segment.number()), e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** Unmaps all segments and leaves their files; nothing may be appended or read any more. */
    @Override
    public void close() {
        supply.close();
        chain.closeAll();
    }
}
