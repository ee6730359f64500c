package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import picocli.CommandLine.ExitCode;

/** What a batch job's end means for who waited for it. */
final class BatchEnd {
    private BatchEnd() {}

    /** Returns the exit code of a job that has succeeded: only when every row was answered 0. */
    static int code(Document job, Printer printer) {
        requireSuccess(job);
        if (job.number("failed") == 0) {
            return ExitCode.OK;
        }
        printer.message(
                "%d of %d rows failed; column 'error' of the result says why"
                        .formatted(job.number("failed"), job.number("rows")));
        return ExitCode.SOFTWARE;
    }

    /** Refuses the end of a job that has no result. */
    static void requireSuccess(Document job) {
        if (!job.text("state").equals("succeeded")) {
            throw new TidegateException(
                    ErrorCode.PRECONDITION,
                    "batch job %s has %s: %s"
                            .formatted(
                                    job.text("id"),
                                    job.text("state").equals("failed") ? "failed" : "ended",
                                    job.text("message")));
        }
    }
}
