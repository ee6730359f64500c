package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.failure.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The answers of several versions to the same row. */
record SideBySide(List<Answer> answers) {
    /** What one version answered, or why it did not. */
    record Answer(String version, Outcome<Prediction> outcome) {}

    SideBySide {
        answers = List.copyOf(answers);
    }

    /** Asks all versions at once and completes, in their order, when the last has answered. */
    static CompletableFuture<Outcome<SideBySide>> ask(
            List<String> versions,
            Function<String, CompletableFuture<Outcome<Prediction>>> question) {
        CompletableFuture<List<Answer>> all =
                CompletableFuture.completedFuture(Collections.emptyList());
        for (String version : versions) {
            all =
                    all.thenCombine(
                            question.apply(version),
                            (before, outcome) -> {
                                List<Answer> after = new ArrayList<>(before);
                                after.add(new Answer(version, outcome));
                                return after;
                            });
        }
        return all.thenApply(answers -> new Outcome.Answered<>(new SideBySide(answers)));
    }
}
