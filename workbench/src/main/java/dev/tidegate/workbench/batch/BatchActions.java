package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.control.ActionState;
import java.util.Optional;

/** What can be done with the chosen job. */
record BatchActions(ActionState cancel, ActionState save) {
    private static final String NOTHING = "Choose a job in the table";

    static BatchActions of(Optional<BatchJob> chosen) {
        return chosen.map(job -> new BatchActions(cancel(job), save(job)))
                .orElseGet(
                        () ->
                                new BatchActions(
                                        ActionState.refused("Cancel job", NOTHING),
                                        ActionState.refused("Save result", NOTHING)));
    }

    private static ActionState cancel(BatchJob job) {
        String words = "Cancel " + job.input();
        return job.state().hasEnded()
                ? ActionState.refused(words, "The job is " + job.state().words())
                : ActionState.allowed(words);
    }

    private static ActionState save(BatchJob job) {
        String words = "Save result of " + job.input();
        if (job.hasResult()) {
            return ActionState.allowed(words);
        }
        return ActionState.refused(
                words,
                job.state() == BatchState.SUCCEEDED
                        ? "The result was removed for its age"
                        : "The job is " + job.state().words() + " and has no result");
    }

    BatchActions withBusy(boolean isCancelling, boolean isSaving) {
        return new BatchActions(cancel.withBusy(isCancelling), save.withBusy(isSaving));
    }
}
