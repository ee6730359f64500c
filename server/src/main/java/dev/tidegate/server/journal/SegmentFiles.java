package dev.tidegate.server.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The segment files of one boot in one directory. */
final class SegmentFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.segment");

    /** Bytes of zeros written at a time. */
    private static final int CHUNK = 1 << 20;

    /** Bytes of the smallest page of memory. */
    private static final long PAGE = 4096;

    private final Path directory;

    SegmentFiles(Path directory) {
        this.directory = directory;
    }

    Path path(long number) {
        return directory.resolve(number + ".segment");
    }

    /**
     * Returns a new segment of zeros whose space is really on the disk, so that a full disk is met
     * here, as an exception, and not by a writer to mapped memory, as a signal.
     */
    Segment create(long number, long size) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path(number), CREATE, READ, WRITE, TRUNCATE_EXISTING)) {
            fill(channel, size);
            return ready(map(number, channel, MapMode.READ_WRITE));
        }
    }

    private static Segment ready(Segment segment) {
        try {
            touch(segment.memory());
            segment.mark();
            return segment;
        } catch (RuntimeException | InternalError e) {
            segment.close();
            throw e;
        }
    }

    private static void fill(FileChannel channel, long size) throws IOException {
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(CHUNK, size));
            while (channel.position() < size) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), size - channel.position()));
                channel.write(zeros);
            }
        } catch (IOException e) {
            giveBack(channel, e);
            throw e;
        }
    }

    /** Brings each page into the address space now, so that no append has to wait for it. */
    private static void touch(MemorySegment memory) {
        for (long at = 0; at < memory.byteSize(); at += PAGE) {
            memory.set(RecordLayout.BYTE, at, (byte) 0);
        }
    }

    private static void giveBack(FileChannel channel, IOException cause) {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Returns the segment for reading, or nothing when its file is missing or was never used. */
    Optional<Segment> open(long number) throws IOException {
        Path path = path(number);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path, READ)) {
            Segment segment = map(number, channel, MapMode.READ_ONLY);
            if (segment.isBlank()) {
                segment.close();
                return Optional.empty();
            }
            return Optional.of(segment);
        }
    }

    private static Segment map(long number, FileChannel channel, MapMode mode) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment memory = channel.map(mode, 0, channel.size(), arena);
            return new Segment(number, arena, memory);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    void delete(long number) throws IOException {
        Files.deleteIfExists(path(number));
    }

    /** Returns the numbers of the files that are there, in order. */
    NavigableSet<Long> numbers() throws IOException {
        NavigableSet<Long> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    numbers.add(Long.valueOf(name.group(1)));
                }
            }
        }
        return numbers;
    }
}
