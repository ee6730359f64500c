package dev.tidegate.server.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs a program in a process of its own and kills it, as {@code kill -9} does. */
final class KilledProcess {
    private KilledProcess() {}

    /** Returns the ids that the program had printed when it died, some more than asked for. */
    static List<UUID> idsPrintedBefore(int lines, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(program, arguments);
        List<UUID> ids = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            @Nullable String line = reader.readLine();
            while (line != null) {
                if (line.length() == 36) {
                    ids.add(UUID.fromString(line));
                }
                if (ids.size() == lines) {
                    process.toHandle().destroyForcibly();
                }
                line = reader.readLine();
            }
        }
        process.waitFor();
        return ids;
    }

    private static Process start(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add(program.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not on the command line: a long one brings ONNX Runtime's telemetry down.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
