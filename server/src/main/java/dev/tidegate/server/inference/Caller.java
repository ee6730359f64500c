package dev.tidegate.server.inference;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Who waits for the answer to one request, on whichever transport; answered or failed once. */
public interface Caller {

    /** Returns the unit that the request names outside of its message, null when it names none. */
    @Nullable String unit();

    /** Returns where the caller's trace stands, as W3C Trace Context has it; null without one. */
    default @Nullable String traceParent() {
        return null;
    }

    /**
     * Returns after how many nanoseconds nobody waits any more; the greatest value when the request
     * has no deadline.
     */
    long patience();

    /**
     * Returns the event loop on whose thread this request came, so that it may run there together
     * with others that came at the same time; null when it came on none.
     */
    default @Nullable Executor loop() {
        return null;
    }

    /** Tells who is to know when the client goes away. */
    void attach(Exchange running);

    boolean isCancelled();

    /** Sends a ModelInferResponse as it goes over the wire. */
    void answer(byte[] response);

    void fail(RuntimeException failure);
}
