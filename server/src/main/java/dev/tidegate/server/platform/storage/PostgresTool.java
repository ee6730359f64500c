package dev.tidegate.server.platform.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs PostgreSQL's own programs.
 *
 * <p>PostgreSQL refuses to run as root. For root the programs run in a user namespace of their own,
 * in which they are nobody while their files stay root's.
 */
final class PostgresTool {
    private static final long LIMIT_SECONDS = 90;

    private final Path directory;
    private final List<String> prefix;

    PostgresTool(Path directory) throws IOException {
        this(directory, isRoot() ? List.of("unshare", "-U") : List.of());
    }

    PostgresTool(Path directory, List<String> prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    /** The effective user counts, whatever its name; a container's root may be called otherwise. */
    static boolean isRoot() throws IOException {
        Path own = Files.createTempFile("tidegate-owner", "");
        try {
            return own.getFileSystem().supportedFileAttributeViews().contains("unix")
                    && Files.getAttribute(own, "unix:uid").equals(0);
        } finally {
            Files.delete(own);
        }
    }

    /**
     * Finds out whether the programs may run here at all.
     *
     * @throws IOException when this process is root and may not make a user namespace, as in a
     *     container with Docker's default profile
     */
    void check() throws IOException {
        if (prefix.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        Result result;
        try {
            result = execute(prefix.getFirst(), command);
        } catch (IOException e) {
            throw asRoot(String.valueOf(e.getMessage()), e);
        }
        if (result.code != 0) {
            throw asRoot(result.output.strip(), null);
        }
    }

    private static IOException asRoot(String reason, @Nullable IOException cause) {
        return new IOException(
                "PostgreSQL does not run as root, and root may not make a user namespace for it here ("
                        + reason
                        + "); run the server as an ordinary user, or give it your own PostgreSQL with --database",
                cause);
    }

    /** Runs a program to its end; a failure carries what the program said. */
    void run(String program, List<String> arguments) throws IOException {
        Result result = execute(program, command(program, arguments));
        if (result.code != 0) {
            throw new IOException(
                    program + " ended with " + result.code + ": " + result.output.strip());
        }
    }

    boolean succeeds(String program, List<String> arguments) throws IOException {
        return execute(program, command(program, arguments)).code == 0;
    }

    private List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private Result execute(String program, List<String> command) throws IOException {
        Path output = Files.createTempFile("tidegate-" + program, ".log");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + LIMIT_SECONDS + " s");
            }
            return new Result(
                    process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private record Result(int code, String output) {}
}
