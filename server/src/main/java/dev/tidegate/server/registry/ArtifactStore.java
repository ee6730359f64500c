package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.lifecycle.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artifacts under their SHA-256: {@code sha256/ab/cdef…}; a file there is whole and never changes.
 */
@Singleton
public final class ArtifactStore implements Startup {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactStore.class);

    private final Path directory;

    @Inject
    ArtifactStore(Home home) {
        this(home.artifacts());
    }

    ArtifactStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public int getOrder() {
        return FIRST_KEY;
    }

    /** Removes what uploads left that were under way when a former process was killed. */
    @Override
    public void start() {
        if (!Files.isDirectory(incoming())) {
            return;
        }
        try (DirectoryStream<Path> rests = Files.newDirectoryStream(incoming(), "*.part")) {
            for (Path rest : rests) {
                LOG.info("removing {}, the rest of an upload that was broken off", rest);
                Files.deleteIfExists(rest);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Path incoming() {
        return directory.resolve("incoming");
    }

    /** Returns this store's name, by which servers that share it know that they do. */
    public synchronized String name() {
        Path file = directory.resolve("name");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(incoming());
                Path named = Files.createTempFile(incoming(), "name-", ".part");
                Files.writeString(named, UUID.randomUUID().toString());
                Files.move(named, file, StandardCopyOption.ATOMIC_MOVE);
                syncFolders(file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Begins an artifact that is not in the store yet; the caller closes it, whatever happens. */
    public ArtifactUpload begin() {
        try {
            Files.createDirectories(incoming());
            return new ArtifactUpload(Files.createTempFile(incoming(), "upload-", ".part"));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Takes a finished upload in, onto the disk: a row that names it may be committed then. Returns
     * whether it was not there before.
     */
    public boolean keep(ArtifactUpload upload) {
        Path target = path(upload.digest());
        try {
            Files.createDirectories(target.getParent());
            boolean isNew = !Files.exists(target);
            if (isNew) {
                Files.move(upload.file(), target, StandardCopyOption.ATOMIC_MOVE);
            }
            syncFolders(target);
            return isNew;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Makes the names on the way to a file last, those of new folders among them. */
    private void syncFolders(Path file) throws IOException {
        Path folder = file.getParent();
        while (folder != null && folder.startsWith(directory)) {
            DurableFile.syncFolder(folder);
            folder = folder.getParent();
        }
    }

    /** Removes an artifact that nothing names any more. */
    public void discard(String digest) {
        try {
            Files.deleteIfExists(path(digest));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Returns the artifact's file after its content has been held against its digest. */
    public Path verified(String digest) {
        Path file = path(digest);
        String found = Sha256.of(file);
        if (!found.equals(digest)) {
            throw new TidegateException(
                    ErrorCode.INTERNAL,
                    "artifact %s is damaged: its file %s has digest %s"
                            .formatted(digest, file, found));
        }
        return file;
    }

    /**
     * Opens an artifact. Its content is held against its digest while it is read: at the end of a
     * damaged one reading fails.
     */
    public InputStream open(String digest) throws IOException {
        return new VerifiedStream(Files.newInputStream(path(digest)), digest);
    }

    /** Returns whether the artifact's file is in this server's store. */
    public boolean has(String digest) {
        return Files.exists(path(digest));
    }

    private Path path(String digest) {
        return directory
                .resolve("sha256")
                .resolve(digest.substring(0, 2))
                .resolve(digest.substring(2));
    }

    /** Copies a file into a new upload. */
    public ArtifactUpload upload(Path file) {
        ArtifactUpload upload = begin();
        try (var in = Files.newInputStream(file, StandardOpenOption.READ)) {
            in.transferTo(upload.stream());
            return upload;
        } catch (IOException e) {
            upload.close();
            throw new UncheckedIOException("artifact " + file + " cannot be read", e);
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    private RuntimeException unusable(IOException e) {
        return FullDisk.or(
                directory,
                0,
                e,
                new TidegateException(
                        ErrorCode.UNAVAILABLE,
                        "the artifact store %s cannot be used: %s".formatted(directory, e),
                        e));
    }
}
