package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line on stderr why a command failed. */
public final class CommandFailure implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult arguments) throws Exception {
        command.getErr()
                .println(command.getCommandSpec().qualifiedName() + ": " + message(failure));
        return failure instanceof TidegateException e && e.code().kind() == ErrorKind.USER
                ? ExitCode.USAGE
                : ExitCode.SOFTWARE;
    }

    private static String message(Exception failure) throws Exception {
        return switch (failure) {
            case TidegateException e -> e.text();
            case StatusRuntimeException e -> message(e.getStatus());
            case StatusException e -> message(e.getStatus());
            case UncheckedIOException e -> e.getMessage() + ": " + e.getCause();
            case IOException e -> e.toString();
            default -> throw failure;
        };
    }

    /** Returns the server's words, or what became of the call when it has none. */
    static String message(Status status) {
        Throwable cause = status.getCause();
        if (status.getCode() == Status.Code.UNAVAILABLE && cause != null) {
            return "no server answers: %s; start one with 'tidegate serve', or name it with --server or --home"
                    .formatted(reason(cause));
        }
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return "the server gave no answer in time; --timeout gives it more";
        }
        String description = status.getDescription();
        return description == null
                ? status.getCode().name()
                : description.lines().findFirst().orElse("");
    }

    /** Returns the message without the system call that it names first. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.substring(
                message.startsWith("finishConnect") ? message.indexOf(": ") + 2 : 0);
    }
}
