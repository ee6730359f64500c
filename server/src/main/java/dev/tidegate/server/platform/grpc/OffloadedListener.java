package dev.tidegate.server.platform.grpc;

import io.grpc.ServerCall;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hands each callback to an executor that keeps their order; the first task starts the call. */
final class OffloadedListener<Q> extends ServerCall.Listener<Q> {
    private final Executor serial;
    private ServerCall.Listener<Q> delegate = new ServerCall.Listener<>() {};

    OffloadedListener(Executor serial, Supplier<ServerCall.Listener<Q>> start) {
        this.serial = serial;
        serial.execute(() -> delegate = start.get());
    }

    @Override
    public void onMessage(Q message) {
        later(l -> l.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        later(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onCancel() {
        later(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
        later(ServerCall.Listener::onComplete);
    }

    @Override
    public void onReady() {
        later(ServerCall.Listener::onReady);
    }

    private void later(Consumer<ServerCall.Listener<Q>> callback) {
        serial.execute(() -> callback.accept(delegate));
    }
}
