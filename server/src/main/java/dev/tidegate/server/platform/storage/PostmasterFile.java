package dev.tidegate.server.platform.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The file in which a postmaster says its process id.
 *
 * <p>A postmaster whose parent has gone is left as a zombie where the first process of the system
 * collects no children, as in many containers. PostgreSQL takes a zombie for a postmaster that
 * still runs and refuses to start.
 */
record PostmasterFile(Path path) {

    static PostmasterFile in(Path data) {
        return new PostmasterFile(data.resolve("postmaster.pid"));
    }

    /** Returns whether the process that wrote it still runs. */
    boolean isOfLivingProcess() throws IOException {
        OptionalLong pid = pid();
        return pid.isPresent()
                && ProcessHandle.of(pid.getAsLong()).map(ProcessHandle::isAlive).orElse(false)
                && !isZombie(pid.getAsLong());
    }

    /** Removes what a dead process left that PostgreSQL would take for a living one. */
    void deleteOfZombie() throws IOException {
        OptionalLong pid = pid();
        if (pid.isPresent() && isZombie(pid.getAsLong())) {
            Files.delete(path);
        }
    }

    private OptionalLong pid() throws IOException {
        return Files.exists(path)
                ? OptionalLong.of(
                        Long.parseLong(
                                Files.readAllLines(path, StandardCharsets.UTF_8)
                                        .getFirst()
                                        .strip()))
                : OptionalLong.empty();
    }

    /** The state is the first word behind the name, which ends with the last parenthesis. */
    private static boolean isZombie(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return false;
        }
        String line = Files.readString(stat);
        return line.substring(line.lastIndexOf(')') + 1).strip().startsWith("Z");
    }
}
