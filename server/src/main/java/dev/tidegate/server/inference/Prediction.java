package dev.tidegate.server.inference;

import dev.tidegate.server.platform.tracing.Trace;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request after validation and routing.
 *
 * @param id the server's own id
 * @param clientId the client's, echoed
 * @param at when it came
 * @param arrival the same on the monotonic clock, nanoseconds
 * @param judged when evidence judges it, half its deadline, nanoseconds of the monotonic clock
 * @param deadline when nobody waits any more, nanoseconds of the monotonic clock
 * @param epoch of the route
 * @param inputs in the order of their names
 * @param outputs names of those wanted, none for all
 * @param raw whether the tensors go back raw
 * @param trace null when the caller named none and this one is not recorded
 */
record Prediction(
        UUID id,
        String clientId,
        Instant at,
        long arrival,
        long judged,
        long deadline,
        long modelId,
        long epoch,
        long routedVersionId,
        long championId,
        Arm arm,
        RouteReason reason,
        boolean inEvidence,
        long unitHash,
        Inputs inputs,
        List<String> outputs,
        boolean raw,
        Wire wire,
        @Nullable Trace trace) {

    String armLabel() {
        return switch (arm) {
            case CHAMPION -> "champion";
            case CANDIDATE -> "candidate";
        };
    }

    boolean isCandidates() {
        return arm == Arm.CANDIDATE;
    }

    /** The decoded tensors. */
    static final class Inputs {
        private final Tensor[] tensors;

        Inputs(Tensor[] tensors) {
            this.tensors = tensors;
        }

        Tensor[] tensors() {
            return tensors;
        }
    }

    /** The request as it came, and the version against which it was held. */
    static final class Wire {
        private final byte[] bytes;
        private final RegisteredVersion version;
        private final SignaturePlan plan;

        /**
         * @param version the champion, or the one that the client named; in memory or not
         * @param plan of its signature
         */
        Wire(byte[] bytes, RegisteredVersion version, SignaturePlan plan) {
            this.bytes = bytes;
            this.version = version;
            this.plan = plan;
        }

        RegisteredVersion version() {
            return version;
        }

        SignaturePlan plan() {
            return plan;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
