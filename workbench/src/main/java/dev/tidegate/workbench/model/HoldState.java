package dev.tidegate.workbench.model;

import dev.tidegate.workbench.theme.Tone;

/** How a version is on a replica that has to do with it. */
enum HoldState {
    LOADING(Tone.CALM, "Loading"),
    READY(Tone.GOOD, "In memory"),
    /** The server that runs it does not answer. */
    UNREACHABLE(Tone.BAD, "Away"),
    FAILED(Tone.BAD, "Failed"),
    /** A word of a newer server. */
    UNKNOWN(Tone.UNKNOWN, "Unknown");

    private final Tone tone;
    private final String words;

    HoldState(Tone tone, String words) {
        this.tone = tone;
        this.words = words;
    }

    static HoldState of(String word) {
        for (HoldState state : values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    Tone tone() {
        return tone;
    }

    String words() {
        return words;
    }
}
