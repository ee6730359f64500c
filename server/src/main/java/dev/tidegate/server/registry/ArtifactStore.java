package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.Home;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Artifacts under their SHA-256: {@code sha256/ab/cdef…}; a file there is whole and never changes.
 */
@Singleton
public final class ArtifactStore {
    private final Path directory;

    @Inject
    ArtifactStore(Home home) {
        this(home.artifacts());
    }

    ArtifactStore(Path directory) {
        this.directory = directory;
    }

    /** Begins an artifact that is not in the store yet; the caller closes it, whatever happens. */
    public ArtifactUpload begin() {
        try {
            Path incoming = Files.createDirectories(directory.resolve("incoming"));
            return new ArtifactUpload(Files.createTempFile(incoming, "upload-", ".part"));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Takes a finished upload in; returns whether it was not there before. */
    boolean keep(ArtifactUpload upload) {
        Path target = path(upload.digest());
        try {
            Files.createDirectories(target.getParent());
            if (Files.exists(target)) {
                return false;
            }
            Files.move(upload.file(), target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void discard(String digest) {
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
        }
    }

    private TidegateException unusable(IOException e) {
        return new TidegateException(
                ErrorCode.UNAVAILABLE,
                "the artifact store %s cannot be used: %s".formatted(directory, e),
                e);
    }
}
