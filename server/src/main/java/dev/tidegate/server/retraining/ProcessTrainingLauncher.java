package dev.tidegate.server.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.time.ReadableTime;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.ExitCode;

/** Runs each retraining as a child process on this machine. */
@Singleton
public final class ProcessTrainingLauncher implements TrainingLauncher {
    /** How long a child that is told to stop may take before it is killed. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What a child may take beyond its budget, to start and to say itself that it is spent. */
    private static final Duration OVERTIME = Duration.ofSeconds(20);

    private final TrainingProgram program;
    private final Duration overtime;

    public ProcessTrainingLauncher() {
        this(TrainingProgram.ofThisProcess(), OVERTIME);
    }

    ProcessTrainingLauncher(TrainingProgram program, Duration overtime) {
        this.program = program;
        this.overtime = overtime;
    }

    @Override
    public TrainingReport launch(TrainingRequest request, Consumer<TrainingProgress> listener)
            throws InterruptedException {
        Process child = start(request);
        try {
            TrainingOutput output = new TrainingOutput(child.errorReader(), listener);
            Thread reader = Thread.ofVirtual().name("training-" + request.run()).start(output);
            requireEnd(child, request.budget());
            int code = child.exitValue();
            reader.join();
            if (code != ExitCode.OK) {
                throw failure(code, output.lastMessage());
            }
            return report(request.out());
        } finally {
            stop(child);
        }
    }

    /** The child looks at its budget between its phases; one that hangs in a phase cannot. */
    private void requireEnd(Process child, Duration budget) throws InterruptedException {
        Duration most = budget.plus(overtime);
        if (!child.waitFor(most)) {
            throw TidegateException.precondition(
                    "the training was ended after %s: its budget is %s; give a longer --budget"
                            .formatted(ReadableTime.of(most), ReadableTime.of(budget)));
        }
    }

    private Process start(TrainingRequest request) {
        try {
            return new ProcessBuilder(program.with(request))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL, "the training cannot be started: " + e.getMessage(), e);
        }
    }

    private static TidegateException failure(int code, String message) {
        return switch (code) {
            case ExitCode.USAGE -> TidegateException.invalid(message);
            case ExitCode.SOFTWARE -> TidegateException.precondition(message);
            default ->
                    new TidegateException(
                            ErrorCode.INTERNAL,
                            "the training ended with code %d: %s".formatted(code, message));
        };
    }

    private static TrainingReport report(Path folder) {
        Path file = folder.resolve(TrainingFolder.METRICS);
        try {
            return new ObjectMapper().readValue(file.toFile(), TrainingReport.class);
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL, "the training left no report: " + e.getMessage(), e);
        }
    }

    private static void stop(Process child) throws InterruptedException {
        if (child.isAlive()) {
            child.destroy();
            boolean interrupted = Thread.interrupted();
            if (!child.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
