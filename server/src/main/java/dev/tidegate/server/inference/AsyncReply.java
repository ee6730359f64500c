package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.StatusMapping;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers from a thread that the edge's error mapping does not see. */
final class AsyncReply {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncReply.class);

    private AsyncReply() {}

    static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        T response;
        try {
            response = work.get();
        } catch (RuntimeException | Error e) {
            String incident = UUID.randomUUID().toString();
            if (!(e instanceof TidegateException)) {
                LOG.error("a call failed, incident {}", incident, e);
            }
            observer.onError(
                    StatusMapping.status(e, incident)
                            .asRuntimeException(StatusMapping.trailers(e)));
            return;
        }
        observer.onNext(response);
        observer.onCompleted();
    }
}
