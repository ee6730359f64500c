package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The overview's first line: the state of everything in words. */
record FleetSentence(Tone tone, String words) {
    static FleetSentence of(FleetSnapshot fleet) {
        List<String> problems = fleet.server().problems();
        if (problems.isEmpty()) {
            return calm(fleet);
        }
        Stream<String> words = problems.stream().map(problem -> Figures.sentence(problem) + ".");
        return new FleetSentence(
                Tone.BAD,
                fleet.models().isEmpty()
                        ? words.collect(Collectors.joining(" "))
                        : Stream.concat(words, Stream.of(calm(fleet).words()))
                                .collect(Collectors.joining(" ")));
    }

    private static FleetSentence calm(FleetSnapshot fleet) {
        if (fleet.models().isEmpty()) {
            return new FleetSentence(Tone.CALM, "No model is registered yet.");
        }
        long waiting = fleet.waitingForApproval();
        return new FleetSentence(
                waiting > 0 ? Tone.WATCH : Tone.GOOD, models(fleet) + rollouts(fleet, waiting));
    }

    private static String models(FleetSnapshot fleet) {
        int count = fleet.models().size();
        return count == 1 ? "1 model live, " : count + " models live, ";
    }

    private static String rollouts(FleetSnapshot fleet, long waiting) {
        List<FleetModel.OpenRollout> open =
                fleet.models().stream().flatMap(model -> model.rollout().stream()).toList();
        if (open.isEmpty()) {
            return "no rollout running.";
        }
        String running = open.size() == 1 ? "1 rollout open" : open.size() + " rollouts open";
        if (waiting == 0) {
            return running + ", nothing waits for a person.";
        }
        long mine = open.stream().filter(FleetModel.OpenRollout::waitsForMe).count();
        return running
                + ", "
                + waiting
                + (waiting == 1 ? " waits" : " wait")
                + (mine > 0 ? " for you." : " for another person's approval.");
    }
}
