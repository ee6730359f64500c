package dev.tidegate.server.benchmark.inference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program of this class path in a Java virtual machine of its own, all with the same flags. */
final class ChildJvm implements AutoCloseable {
    /** Those of the command {@code tidegate}. */
    static final List<String> FLAGS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:-G1UseAdaptiveIHOP",
                    "-XX:InitialRAMPercentage=4");

    /** Those that run; none of them outlives this process when somebody ends that. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroy), "children"));
    }

    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        RUNNING.add(process);
        CompletableFuture<Void> unused = process.onExit().thenAccept(RUNNING::remove);
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the class; what it complains about goes into the file. */
    static ChildJvm start(Path errors, String mainClass, String... arguments) {
        return start(errors, Map.of(), mainClass, arguments);
    }

    /** Starts the class with something more in its environment. */
    static ChildJvm start(
            Path errors, Map<String, String> environment, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add(mainClass);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // In the environment, because ONNX Runtime cannot bear a command line of more than 4 kB.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        builder.environment().putAll(environment);
        return started(builder);
    }

    /**
     * Starts the class, whose threads are counted.
     *
     * @param port file for {@link Allocations#ask}
     */
    static ChildJvm startCounted(
            Path errors,
            Path port,
            Map<String, String> environment,
            String mainClass,
            String... arguments) {
        List<String> all = new ArrayList<>(List.of(port.toString(), mainClass));
        all.addAll(List.of(arguments));
        return start(
                errors, environment, CountedProgram.class.getName(), all.toArray(String[]::new));
    }

    /** Starts it by another command line, in this environment and something more. */
    static ChildJvm launch(Path errors, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return started(builder);
    }

    private static ChildJvm started(ProcessBuilder builder) {
        try {
            return new ChildJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(builder.command() + " cannot be started", e);
        }
    }

    /** Sends an empty line, which those that read their input take for a question. */
    void ask() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a child cannot be asked", e);
        }
    }

    /** Returns the next line of its output; refuses an output that has ended. */
    String line() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException(
                        "the process %d ended with nothing to say".formatted(process.pid()));
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("a child's output cannot be read", e);
        }
    }

    /** Returns everything that it says until it ends, and expects it to end well. */
    String all() throws InterruptedException {
        String text = out.lines().reduce("", (a, b) -> a + b + "\n");
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("a child ended with %d: %s".formatted(code, text));
        }
        return text;
    }

    long pid() {
        return process.pid();
    }

    /** Returns the processor time that it took, nanoseconds. */
    long cpuNanos() {
        return ProcessorTime.ofTree(process.pid());
    }

    /** Ends its input, for those that stop then; asks the others to stop; then makes them. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(2, TimeUnit.SECONDS)) {
                return;
            }
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw new UncheckedIOException("the input of a child cannot be ended", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
