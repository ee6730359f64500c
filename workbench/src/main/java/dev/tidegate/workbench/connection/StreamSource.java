package dev.tidegate.workbench.connection;

import dev.tidegate.workbench.failure.ServiceFailure;
import javafx.util.Subscription;

/** Opens a server stream once; the subscription cancels it. */
@FunctionalInterface
public interface StreamSource<T> {
    Subscription open(Receiver<T> receiver);

    /** Takes what comes; {@link #onEnd} is the last call, also when the server ends the stream. */
    interface Receiver<T> {
        void onValue(T value);

        void onEnd(ServiceFailure failure);
    }
}
