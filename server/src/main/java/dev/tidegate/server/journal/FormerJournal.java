package dev.tidegate.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The journal that a process left behind; nobody writes to it any more. */
public final class FormerJournal implements SegmentSource, AutoCloseable {
    private final UUID boot;
    private final Path directory;
    private final SegmentFiles files;
    private final NavigableSet<Long> numbers;
    private final Map<Long, Segment> open = new HashMap<>();

    /**
     * Opens the journal of a process that has ended.
     *
     * @param directory named after the boot
     */
    public FormerJournal(Path directory) {
        this.directory = directory;
        boot = UUID.fromString(directory.getFileName().toString());
        files = new SegmentFiles(directory);
        try {
            numbers = files.numbers();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "journal directory " + directory + " cannot be listed", e);
        }
    }

    public UUID boot() {
        return boot;
    }

    /** Returns a reader; it serves one thread. */
    public JournalReader reader() {
        return new JournalReader(this);
    }

    @Override
    public @Nullable Segment segment(long number) {
        Segment known = open.get(number);
        return known != null ? known : opened(number);
    }

    private @Nullable Segment opened(long number) {
        closeBefore(number);
        try {
            Segment segment = files.open(number).orElse(null);
            if (segment != null) {
                open.put(number, segment);
            }
            return segment;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "journal segment " + files.path(number) + " is unreadable", e);
        }
    }

    /** Keeps few segments mapped: readers only go forward. */
    private void closeBefore(long number) {
        open.entrySet()
                .removeIf(
                        entry -> {
                            boolean old = entry.getKey() < number;
                            if (old) {
                                entry.getValue().close();
                            }
                            return old;
                        });
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public long newest() {
        return numbers.isEmpty() ? 0 : numbers.last();
    }

    @Override
    public void close() {
        open.values().forEach(Segment::close);
        open.clear();
    }

    /** Removes the files; everything in them must have been delivered. */
    public void delete() throws IOException {
        close();
        for (long number : numbers) {
            files.delete(number);
        }
        Files.delete(directory);
    }
}
