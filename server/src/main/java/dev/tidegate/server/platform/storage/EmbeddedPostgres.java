package dev.tidegate.server.platform.storage;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.OwnerOnly;
import dev.tidegate.server.platform.home.TemporaryFolder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A real PostgreSQL in a directory, started and stopped by this process.
 *
 * <p>It is a store of record: fsync and synchronous commit are on, clients prove themselves by
 * SCRAM, it listens on loopback alone. A postmaster that outlived a killed server is stopped before
 * a new one is started; one that ended by itself is started again by {@link PostgresWatch}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String ROLE = "tidegate";
    private static final String UNFINISHED = "data.unfinished-";

    private final Path directory;
    private final Path data;
    private final PostgresTool tool;
    private final int port;

    private EmbeddedPostgres(Path directory, PostgresTool tool, int port) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.tool = tool;
        this.port = port;
    }

    /** Starts PostgreSQL in the directory, creating the cluster at the first time. */
    public static EmbeddedPostgres start(Path directory) {
        try {
            Files.createDirectories(directory);
            PostgresTool tool = new PostgresTool(PostgresBinaries.ofUser().directory());
            tool.check();
            EmbeddedPostgres postgres = new EmbeddedPostgres(directory, tool, freePort());
            postgres.initialise();
            postgres.stopLeftover();
            postgres.startup();
            return postgres;
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "the embedded PostgreSQL in '"
                            + directory
                            + "' did not start: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Returns how to reach its database. */
    public StorageLocation location() {
        try {
            String password = Files.readString(directory.resolve("password")).strip();
            return new StorageLocation(
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres", ROLE, password);
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "the embedded PostgreSQL's password cannot be read: " + e);
        }
    }

    /** Returns whether it listens; one that is too busy to answer does. */
    boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Stops it at once, ending sessions; what was committed is on disk. */
    public void stop() {
        try {
            if (isRunning()) {
                stopRunning();
            }
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "the embedded PostgreSQL did not stop: " + e.getMessage(),
                    e);
        }
    }

    /** Starts it again on the same port after {@link #stop}, or after its end. */
    public void restart() {
        try {
            PostmasterFile.in(data).deleteOfZombie();
            startup();
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "the embedded PostgreSQL did not start: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void initialise() throws IOException {
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            create();
        }
        deleteUnfinished();
    }

    /** Makes the cluster beside its place, so that it is there whole or not at all. */
    private void create() throws IOException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Path password = directory.resolve("password");
        OwnerOnly.write(password, HexFormat.of().formatHex(secret));
        Path unfinished = Files.createTempDirectory(directory, UNFINISHED);
        tool.run(
                "initdb",
                List.of(
                        "-D",
                        unfinished.toString(),
                        "-U",
                        ROLE,
                        "-E",
                        "UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--data-checksums",
                        "--auth=scram-sha-256",
                        "--pwfile=" + password));
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what a server left that was killed while it made the cluster. */
    private void deleteUnfinished() throws IOException {
        try (DirectoryStream<Path> leftovers =
                Files.newDirectoryStream(directory, UNFINISHED + "*")) {
            leftovers.forEach(TemporaryFolder::delete);
        }
    }

    private void stopLeftover() throws IOException {
        if (isRunning()) {
            stopRunning();
        }
    }

    private boolean isRunning() throws IOException {
        return PostmasterFile.in(data).isOfLivingProcess()
                && tool.succeeds("pg_ctl", List.of("status", "-D", data.toString()));
    }

    private void stopRunning() throws IOException {
        tool.run("pg_ctl", List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "30"));
    }

    private void startup() throws IOException {
        List<String> settings = new ArrayList<>();
        settings.add("-p " + port);
        settings.add("-c listen_addresses=127.0.0.1");
        settings.add("-c unix_socket_directories=''");
        settings.add("-c fsync=on");
        settings.add("-c synchronous_commit=on");
        settings.add("-c password_encryption=scram-sha-256");
        settings.add("-c max_connections=60");
        settings.add("-c shared_buffers=128MB");
        settings.add("-c max_wal_size=2GB");
        settings.add("-c timezone=UTC");
        settings.add("-c log_min_messages=warning");
        settings.add("-c tcp_keepalives_idle=10");
        tool.run(
                "pg_ctl",
                List.of(
                        "start",
                        "-D",
                        data.toString(),
                        "-l",
                        directory.resolve("postgres.log").toString(),
                        "-w",
                        "-t",
                        "60",
                        "-o",
                        String.join(" ", settings)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
