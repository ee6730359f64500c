package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.StatusFailure;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** One call with one answer. */
public final class UnaryCall {
    private UnaryCall() {}

    /**
     * Makes the call; the future always completes normally, a failed call as {@link
     * Outcome.Failed}.
     */
    public static <A, T> CompletableFuture<Outcome<T>> of(
            Consumer<StreamObserver<A>> call, Function<A, T> mapping) {
        CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        call.accept(
                new StreamObserver<>() {
                    @Override
                    public void onNext(A answer) {
                        outcome.complete(mapped(answer, mapping));
                    }

                    @Override
                    public void onError(Throwable error) {
                        outcome.complete(new Outcome.Failed<>(StatusFailure.of(error)));
                    }

                    @Override
                    public void onCompleted() {
                        outcome.complete(internal("The server ended the call without an answer"));
                    }
                });
        return outcome;
    }

    private static <A, T> Outcome<T> mapped(A answer, Function<A, T> mapping) {
        try {
            return new Outcome.Answered<>(mapping.apply(answer));
        } catch (RuntimeException e) {
            return internal("The server's answer cannot be read: " + e.getMessage());
        }
    }

    private static <T> Outcome<T> internal(String message) {
        return new Outcome.Failed<>(
                StatusFailure.of(Status.INTERNAL.withDescription(message).asRuntimeException()));
    }
}
