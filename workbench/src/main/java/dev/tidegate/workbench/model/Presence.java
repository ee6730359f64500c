package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.stream.Collectors;

/**
 * On how many of the live replicas a version is in memory, in a few words.
 *
 * @param explanation replica by replica
 */
record Presence(Tone tone, String words, String explanation) {

    /** Without replicas that tell, it is what the one that was asked says of itself. */
    static Presence of(ServedVersion version, List<ReplicaMemory> replicas) {
        List<ReplicaMemory> live = replicas.stream().filter(ReplicaMemory::live).toList();
        if (live.isEmpty()) {
            return version.loaded()
                    ? new Presence(Tone.GOOD, "Here", "On the replica that this workbench asks")
                    : new Presence(Tone.UNKNOWN, "Not here", "");
        }
        List<HoldState> states =
                live.stream()
                        .flatMap(replica -> replica.held(version.version()).stream())
                        .map(ReplicaMemory.Held::state)
                        .toList();
        return new Presence(
                tone(states, live.size()),
                words(states, live.size()),
                live.stream()
                        .map(replica -> explained(replica, version.version()))
                        .collect(Collectors.joining("\n")));
    }

    /** The state that somebody should know of first. */
    private static HoldState foremost(List<HoldState> states) {
        for (HoldState state :
                List.of(HoldState.FAILED, HoldState.UNREACHABLE, HoldState.LOADING)) {
            if (states.contains(state)) {
                return state;
            }
        }
        return HoldState.READY;
    }

    private static Tone tone(List<HoldState> states, int live) {
        HoldState foremost = foremost(states);
        if (foremost != HoldState.READY) {
            return foremost.tone();
        }
        if (states.isEmpty()) {
            return Tone.UNKNOWN;
        }
        return states.size() == live ? Tone.GOOD : Tone.CALM;
    }

    private static String words(List<HoldState> states, int live) {
        if (states.isEmpty()) {
            return "Not loaded";
        }
        HoldState foremost = foremost(states);
        if (live == 1) {
            return foremost.words();
        }
        long count = states.stream().filter(foremost::equals).count();
        return (foremost == HoldState.READY ? "On" : foremost.words() + " on")
                + " %d of %d".formatted(count, live);
    }

    private static String explained(ReplicaMemory replica, String version) {
        return replica.replica()
                + ": "
                + replica.held(version)
                        .map(
                                held ->
                                        held.bytes() == 0
                                                ? held.state().words()
                                                : held.state().words()
                                                        + ", about "
                                                        + Figures.bytes(held.bytes()))
                        .orElse("Not loaded");
    }
}
