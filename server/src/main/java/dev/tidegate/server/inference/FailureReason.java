package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.TidegateException;

/** Why a version gave no answer, as Triton's {@code nv_inference_request_failure} names it. */
public enum FailureReason {
    /** Refused before it ran: no thread was free, or its deadline had passed. */
    REJECTED,
    /** The client went away. */
    CANCELED,
    /** The graph failed on these values. */
    BACKEND,
    /** Anything else; a candidate that was stood in for at half of the deadline is one. */
    OTHER;

    static FailureReason of(RuntimeException failure) {
        if (!(failure instanceof TidegateException known)) {
            return BACKEND;
        }
        return switch (known.code().kind()) {
            case EXHAUSTED, DEADLINE -> REJECTED;
            case INTERNAL -> BACKEND;
            case USER,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    UNAUTHENTICATED,
                    NOT_ALLOWED,
                    CONFLICT,
                    PRECONDITION,
                    UNAVAILABLE,
                    UNIMPLEMENTED ->
                    OTHER;
        };
    }
}
