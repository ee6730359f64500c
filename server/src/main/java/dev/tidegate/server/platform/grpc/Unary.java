package dev.tidegate.server.platform.grpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers a unary call; what the work throws reaches the edge's error mapping. */
public final class Unary {
    private Unary() {}

    public static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        T response = work.get();
        observer.onNext(response);
        observer.onCompleted();
    }
}
