package dev.tidegate.server.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** An artifact on its way into the store; closing it removes what did not get there. */
public final class ArtifactUpload implements AutoCloseable {
    private final Path file;
    private final MessageDigest digest = Sha256.digest();
    private final OutputStream out;
    private long bytes;
    private @Nullable String hex;

    ArtifactUpload(Path file) throws IOException {
        this.file = file;
        this.out = new DigestOutputStream(Files.newOutputStream(file), digest);
    }

    /** Appends a piece. */
    public void write(byte[] piece) {
        try {
            out.write(piece);
            bytes += piece.length;
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private RuntimeException notStored(IOException e) {
        return FullDisk.or(
                file,
                bytes,
                e,
                new UncheckedIOException("the artifact cannot be stored in " + file, e));
    }

    /** Returns a stream that appends; closing it ends nothing. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int single) {
                ArtifactUpload.this.write(new byte[] {(byte) single});
            }

            @Override
            public void write(byte[] piece, int from, int length) {
                ArtifactUpload.this.write(java.util.Arrays.copyOfRange(piece, from, from + length));
            }
        };
    }

    /** Returns how many bytes came so far. */
    public long bytes() {
        return bytes;
    }

    /** Ends the upload, onto the disk, and returns its digest. */
    public String digest() {
        String known = hex;
        if (known == null) {
            closeFile();
            sync();
            known = Sha256.hex(digest);
            hex = known;
        }
        return known;
    }

    /** Returns the file that was written; {@link #digest} ends the writing. */
    public Path file() {
        return file;
    }

    private void closeFile() {
        try {
            out.close();
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private void sync() {
        try {
            DurableFile.sync(file);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    @Override
    public void close() {
        closeFile();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the rest of an upload cannot be removed", e);
        }
    }
}
