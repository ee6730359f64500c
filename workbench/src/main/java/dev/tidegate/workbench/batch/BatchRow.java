package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.theme.Tone;
import java.time.Duration;
import java.time.Instant;

/** One line of the list of jobs, ready to be shown. */
record BatchRow(
        String id,
        String input,
        String model,
        Tone tone,
        String state,
        double progress,
        String share,
        String rows,
        String failed,
        String took,
        String submitted,
        String by,
        String message) {
    static BatchRow of(BatchJob job, Instant now) {
        return new BatchRow(
                job.id(),
                job.input(),
                job.model() + " " + job.version(),
                job.state().tone(),
                job.state().words(),
                job.progress(),
                Figures.plain(Math.floor(100 * job.progress())) + " %",
                Figures.count(job.rows()),
                Figures.count(job.failed()),
                Figures.about(Duration.ofMillis((long) (1000 * job.seconds()))),
                Times.clock(job.submittedAt(), now),
                job.by(),
                job.message().isEmpty() ? "" : Figures.sentence(job.message()));
    }
}
