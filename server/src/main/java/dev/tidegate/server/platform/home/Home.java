package dev.tidegate.server.platform.home;

import dev.tidegate.server.platform.error.TidegateException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of one server, held by one process at a time. */
@Singleton
public final class Home implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    public Home(HomeConfig config) {
        this.root = config.directory().toAbsolutePath().normalize();
        try {
            HomeContent.requireOwn(root);
            OwnerOnly.createDirectory(root);
            OwnerOnly.createDirectory(artifacts());
            OwnerOnly.createDirectory(journal());
            this.channel =
                    FileChannel.open(
                            root.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            hold();
        } catch (FileAlreadyExistsException e) {
            throw TidegateException.invalid(
                    "home '"
                            + root
                            + "' is not a directory; expected a directory that the server may own");
        } catch (IOException e) {
            throw TidegateException.invalid("home '" + root + "' cannot be used: " + e);
        }
    }

    private void hold() throws IOException {
        if (lock() == null) {
            String holder =
                    Files.readString(root.resolve("lock"), StandardCharsets.US_ASCII).strip();
            channel.close();
            throw TidegateException.precondition(
                    "home '"
                            + root
                            + "' is in use by the server with process id "
                            + (holder.isEmpty() ? "unknown" : holder)
                            + "; stop it, or give this one another --home");
        }
        byte[] pid =
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0).write(ByteBuffer.wrap(pid));
    }

    private @Nullable FileLock lock() throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path root() {
        return root;
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path artifacts() {
        return root.resolve("artifacts");
    }

    public Path journal() {
        return root.resolve("journal");
    }

    /** Returns the file with the first admin key, readable by its owner only. */
    public Path adminKey() {
        return root.resolve("admin-key");
    }

    /** Returns the file in which a running server says its ports. */
    public Path serverFile() {
        return root.resolve("server.json");
    }

    @Override
    @PreDestroy
    public void close() throws IOException {
        channel.close();
    }
}
