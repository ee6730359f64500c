package dev.tidegate.server.identity;

import io.grpc.Context;

/** What lets a caller ask models, request by request. */
public interface InferencePermit {
    /** Of callers whom nothing limits. */
    InferencePermit UNLIMITED = () -> {};

    Context.Key<InferencePermit> KEY =
            Context.keyWithDefault("tidegate-inference-permit", UNLIMITED);

    /** Counts a request; refuses it when its key asks faster than it may. Never waits. */
    void take();

    /** Returns the permit of the gRPC call in progress. */
    static InferencePermit current() {
        return KEY.get();
    }
}
