package dev.tidegate.workbench.failure;

import java.util.Optional;

/** Why a call or stream failed, as a screen needs to know it. */
public sealed interface ServiceFailure {
    /** What the server, or the lack of one, says. */
    String message();

    /** The server cannot be reached or cannot answer now: banner, and retry. */
    record Unavailable(String message) implements ServiceFailure {}

    /** The server answers, but only with what it knew before. */
    record Outdated(String message) implements ServiceFailure {}

    /** The input was refused; the field when the server named one. */
    record Invalid(String message, Optional<String> field) implements ServiceFailure {}

    /** The state changed meanwhile: reload, and show the difference. */
    record Conflict(String message) implements ServiceFailure {}

    /** No valid key was presented. */
    record Unauthenticated(String message) implements ServiceFailure {}

    /** The caller's roles do not allow it. */
    record NotAllowed(String message) implements ServiceFailure {}

    record Missing(String message) implements ServiceFailure {}

    /** The server has no room now. */
    record Exhausted(String message) implements ServiceFailure {}

    /** The server does not know this call. */
    record Unsupported(String message) implements ServiceFailure {}

    /** The server's own fault; the id finds it in the server's log. */
    record Internal(String message, String id) implements ServiceFailure {}

    /** Whether trying again without a change is pointless. */
    default boolean isFinal() {
        return switch (this) {
            case Unauthenticated _, NotAllowed _, Unsupported _, Missing _, Invalid _ -> true;
            case Unavailable _, Outdated _, Conflict _, Exhausted _, Internal _ -> false;
        };
    }

    /** What happened, in two or three words. */
    default String title() {
        return switch (this) {
            case Unavailable _ -> "Server unreachable";
            case Outdated _ -> "Old figures";
            case Invalid _ -> "Input refused";
            case Conflict _ -> "Changed meanwhile";
            case Unauthenticated _ -> "No valid key";
            case NotAllowed _ -> "Not allowed";
            case Missing _ -> "Not found";
            case Exhausted _ -> "Server busy";
            case Unsupported _ -> "Server is older than this workbench";
            case Internal _ -> "Server error";
        };
    }

    /** What a person can do next. */
    default String advice() {
        return switch (this) {
            case Unavailable _ ->
                    "The workbench reconnects by itself. Start the server, or choose another at the"
                            + " top right.";
            case Outdated _ -> "They go on by themselves once the server has mended this.";
            case Invalid _ -> "Correct the marked input and send again.";
            case Conflict _ -> "Look at the new state, then decide again.";
            case Unauthenticated _ ->
                    "Press the server's name at the top right and enter a key; or start with"
                            + " TIDEGATE_TOKEN, or with --home of a server on this machine.";
            case NotAllowed _ -> "Ask an admin for a key with the role that this needs.";
            case Missing _ -> "Go back to the list and choose one that exists.";
            case Exhausted _ -> "Wait a moment and try again.";
            case Unsupported _ -> "Update the server, or use the workbench of its version.";
            case Internal _ -> "Try again; give the id to the server's operator if it stays.";
        };
    }
}
