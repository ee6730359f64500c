package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.failure.StatusFailure;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server stream of gRPC as a {@link StreamSource}. */
public final class GrpcStream {
    private GrpcStream() {}

    /** A source that makes the call with the request and maps each message. */
    public static <Q, A, T> StreamSource<T> of(
            BiConsumer<Q, StreamObserver<A>> call, Q request, Function<A, T> mapping) {
        return receiver -> {
            Responses<Q, A, T> responses = new Responses<>(receiver, mapping);
            call.accept(request, responses);
            return responses::cancel;
        };
    }

    private static final class Responses<Q, A, T> implements ClientResponseObserver<Q, A> {
        private final StreamSource.Receiver<T> receiver;
        private final Function<A, T> mapping;
        private final AtomicReference<@Nullable ClientCallStreamObserver<Q>> request =
                new AtomicReference<>();

        Responses(StreamSource.Receiver<T> receiver, Function<A, T> mapping) {
            this.receiver = receiver;
            this.mapping = mapping;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> observer) {
            request.set(observer);
        }

        @Override
        public void onNext(A message) {
            receiver.onValue(mapping.apply(message));
        }

        @Override
        public void onError(Throwable error) {
            receiver.onEnd(StatusFailure.of(error));
        }

        @Override
        public void onCompleted() {
            receiver.onEnd(new ServiceFailure.Unavailable("The server ended the stream"));
        }

        void cancel() {
            ClientCallStreamObserver<Q> open = request.get();
            if (open != null) {
                open.cancel("The screen was left", null);
            }
        }
    }
}
