package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Duration;
import java.util.Optional;

/** What a live stream reports. */
public sealed interface StreamEvent<T> {
    record Value<T>(T value) implements StreamEvent<T> {}

    /** The stream broke; the wait until the next attempt, or none when there will not be one. */
    record Lost<T>(ServiceFailure failure, Optional<Duration> retryIn) implements StreamEvent<T> {}
}
