package dev.tidegate.server.inference;

import dev.tidegate.server.routing.RouteReason;

/** What a version gave. */
final class Answer {
    private final LoadedVersion version;
    private final RouteReason reason;
    private final int[] wanted;
    private final Tensor[] outputs;

    /**
     * @param version that answered
     * @param reason why it did
     * @param wanted places of the outputs in its signature
     * @param outputs as many, in that order
     */
    Answer(LoadedVersion version, RouteReason reason, int[] wanted, Tensor[] outputs) {
        this.version = version;
        this.reason = reason;
        this.wanted = wanted;
        this.outputs = outputs;
    }

    LoadedVersion version() {
        return version;
    }

    RouteReason reason() {
        return reason;
    }

    int[] wanted() {
        return wanted;
    }

    Tensor[] outputs() {
        return outputs;
    }
}
