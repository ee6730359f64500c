package dev.tidegate.server.demo;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes that the story has started; closing it ends them, the newest first. */
final class Children implements AutoCloseable {
    /** How long a child may take to end by itself before it is killed. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final List<String> OWN_SETTINGS =
            List.of("TIDEGATE_SERVER", "TIDEGATE_TOKEN", "TIDEGATE_HOME");

    /** Guarded by this. */
    private final Deque<Process> started = new ArrayDeque<>();

    private boolean closed;

    /**
     * Starts this program as another process.
     *
     * @param jvm options of its Java virtual machine
     * @param log the file that gets what it writes on stderr
     */
    Process tidegate(List<String> jvm, List<String> words, Path log) {
        return tidegate(jvm, words, Map.of(), log);
    }

    /** Starts this program as another process, with something more in its environment. */
    Process tidegate(
            List<String> jvm, List<String> words, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(jvm);
        command.add("dev.tidegate.server.Tidegate");
        command.addAll(words);
        Map<String, String> all = new HashMap<>(environment);
        all.put("CLASSPATH", System.getProperty("java.class.path"));
        return start(command, all, log);
    }

    /** Starts a program. */
    synchronized Process start(List<String> command, Map<String, String> environment, Path log) {
        if (closed) {
            throw TidegateException.unavailable("the demo is ending");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(OWN_SETTINGS);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Process child = builder.start();
            started.push(child);
            return child;
        } catch (IOException e) {
            throw TidegateException.unavailable(
                    "%s cannot be started: %s".formatted(command.getFirst(), e.getMessage()));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            end(started.pop());
        }
    }

    private static void end(Process child) {
        child.destroy();
        try {
            if (!child.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
