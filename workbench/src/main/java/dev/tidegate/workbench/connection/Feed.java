package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Instant;
import java.util.Optional;

/** What a screen can show of a live stream now. */
public sealed interface Feed<T> {
    /** Nothing has come yet. */
    record Waiting<T>() implements Feed<T> {}

    record Live<T>(T value, Instant at) implements Feed<T> {}

    /** The stream is broken; the last value is old and is shown greyed, with its age. */
    record Stale<T>(T value, Instant at, ServiceFailure failure) implements Feed<T> {}

    /** The stream broke before anything came. */
    record Failed<T>(ServiceFailure failure) implements Feed<T> {}

    /** The newest value, live or stale. */
    default Optional<T> newest() {
        return switch (this) {
            case Live<T> live -> Optional.of(live.value());
            case Stale<T> stale -> Optional.of(stale.value());
            case Waiting<T> _, Failed<T> _ -> Optional.empty();
        };
    }

    /** The feed after a value came at this time. */
    default Feed<T> withValue(T value, Instant at) {
        return new Live<>(value, at);
    }

    /** The feed after a call, not the stream, brought a newer value: a broken stream stays so. */
    default Feed<T> withAnswer(T value, Instant at) {
        return switch (this) {
            case Stale<T> stale -> new Stale<>(value, at, stale.failure());
            case Live<T> _, Waiting<T> _, Failed<T> _ -> new Live<>(value, at);
        };
    }

    /** The feed after the stream broke. */
    default Feed<T> withLoss(ServiceFailure failure) {
        return switch (this) {
            case Live<T> live -> new Stale<>(live.value(), live.at(), failure);
            case Stale<T> stale -> new Stale<>(stale.value(), stale.at(), failure);
            case Waiting<T> _, Failed<T> _ -> new Failed<>(failure);
        };
    }
}
