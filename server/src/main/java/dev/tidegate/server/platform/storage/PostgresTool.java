package dev.tidegate.server.platform.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

    PostgresTool(Path directory) {
        this.directory = directory;
        this.prefix =
                "root".equals(System.getProperty("user.name"))
                        ? List.of("unshare", "-U")
                        : List.of();
    }

    /** Runs a program to its end; a failure carries what the program said. */
    void run(String program, List<String> arguments) throws IOException {
        Result result = execute(program, arguments);
        if (result.code != 0) {
            throw new IOException(
                    program + " ended with " + result.code + ": " + result.output.strip());
        }
    }

    boolean succeeds(String program, List<String> arguments) throws IOException {
        return execute(program, arguments).code == 0;
    }

    private Result execute(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
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
