package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.registry.DurableFile;
import dev.tidegate.server.registry.Sha256;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log's Parquet files in the artifact store: {@code
 * predictions/model=…/date=…/hour=…/<digest>.parquet}. A file there is whole, forced to the disk,
 * and never changes: its name begins its content's SHA-256, so what is written again is the same
 * file. Readers of such folders pass over what begins with an underscore.
 */
@Singleton
final class LogFileStore {
    private static final Logger LOG = LoggerFactory.getLogger(LogFileStore.class);
    private static final String INCOMING = "_incoming";
    private static final int DIGITS = 16;

    /** Within this time a leader notes a file that it has moved into its place. */
    private static final Duration IN_WORK = Duration.ofHours(1);

    private static final Pattern FILE =
            Pattern.compile(
                    "model=[^/]+/(date=\\d{4}-\\d{2}-\\d{2}/hour=\\d{2})/[0-9a-f]{16}\\.parquet");

    private final Path root;

    /** Files that were held against their digest, with what they looked like then. */
    private final Map<String, Look> verified = new ConcurrentHashMap<>();

    @Inject
    LogFileStore(Home home) {
        this(home.artifacts().resolve("predictions"));
    }

    LogFileStore(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /**
     * Returns an empty folder for files that are being written, which nobody else writes into:
     * where servers share the store a leader whose time is over may still be at work. What others
     * left, or are writing, is removed: they fail to move it into its place.
     */
    Path incoming() {
        Path all = root.resolve(INCOMING);
        try {
            Files.createDirectories(all);
            try (Stream<Path> left = Files.list(all)) {
                for (Path each : left.toList()) {
                    removeAll(each);
                }
            }
            return Files.createTempDirectory(all, "");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Removes such a folder; a successor may have done so before. */
    void leave(Path incoming) {
        try {
            removeAll(incoming);
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be removed, the next writer of the log will: {}",
                    incoming,
                    e.toString());
        }
    }

    private static void removeAll(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException | UncheckedIOException gone) {
            LOG.debug("{} is removed by somebody else", place, gone);
        }
    }

    /**
     * Moves a written file, which is on the disk, into its place, where it stays when this machine
     * loses its power.
     *
     * @return its path below the root
     */
    String keep(Path file, String sha256, String model, LogHour hour) {
        String path =
                "model=%s/%s/%s.parquet"
                        .formatted(model, hour.folder(), sha256.substring(0, DIGITS));
        Path target = root.resolve(path);
        try {
            Path folder = target.resolveSibling("").normalize();
            Files.createDirectories(folder);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            for (Path each = folder; each.startsWith(root); each = each.resolve("..").normalize()) {
                DurableFile.syncFolder(each);
            }
            DurableFile.syncFolder(root.resolveSibling(""));
            return path;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Returns where a file lies after its content has been held against its digest; once a process,
     * and again when the file has changed.
     *
     * @throws TidegateException of kind unavailable when it is not there, of kind internal when it
     *     is damaged
     */
    Path verified(LogFile file) {
        Path place = root.resolve(file.path());
        try {
            Look look = Look.of(place);
            if (!look.equals(verified.get(file.path()))) {
                String found = Sha256.of(place);
                if (!found.equals(file.sha256())) {
                    throw new TidegateException(
                            ErrorCode.INTERNAL,
                            "file %s of the prediction log is damaged: it has digest %s, expected %s; predictions of %s are in it"
                                    .formatted(
                                            file.path(),
                                            found,
                                            file.sha256(),
                                            file.hour().begin()));
                }
                verified.put(file.path(), look);
            }
            return place;
        } catch (NoSuchFileException missing) {
            throw new TidegateException(
                    ErrorCode.UNAVAILABLE,
                    "file %s of the prediction log is missing in this server's artifact store, server '%s' wrote it; predictions of %s are in it"
                            .formatted(file.path(), file.writtenBy(), file.hour().begin()),
                    missing);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Returns the log's files below the root with their hours; others are not looked at. */
    Map<String, LogHour> files() {
        if (!Files.isDirectory(root)) {
            return Map.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            Map<String, LogHour> found = new TreeMap<>();
            all.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .map(FILE::matcher)
                    .filter(Matcher::matches)
                    .forEach(file -> found.put(file.group(), LogHour.ofFolder(file.group(1))));
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw unusable(e);
        }
    }

    /** Returns whether a file is not one that a leader has just written and is about to note. */
    boolean isSettled(String path) {
        try {
            return Files.getLastModifiedTime(root.resolve(path))
                    .toInstant()
                    .isBefore(Instant.now().minus(IN_WORK));
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Removes a file, and the folders that are empty then. */
    void remove(String path) {
        verified.remove(path);
        try {
            Path place = root.resolve(path);
            Files.deleteIfExists(place);
            for (Path folder = place.resolveSibling("").normalize();
                    !folder.equals(root);
                    folder = folder.resolve("..").normalize()) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException others) {
            return;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private TidegateException unusable(Exception e) {
        return new TidegateException(
                ErrorCode.UNAVAILABLE,
                "the prediction log's files in %s cannot be used: %s".formatted(root, e),
                e);
    }

    private record Look(long bytes, FileTime changed) {
        static Look of(Path file) throws IOException {
            return new Look(Files.size(file), Files.getLastModifiedTime(file));
        }
    }
}
