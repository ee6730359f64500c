package dev.tidegate.workbench.failure;

/** How a call ended: with an answer or with a failure. */
public sealed interface Outcome<T> {
    record Answered<T>(T value) implements Outcome<T> {}

    record Failed<T>(ServiceFailure failure) implements Outcome<T> {}
}
