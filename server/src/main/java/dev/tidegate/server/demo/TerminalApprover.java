package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.cli.GrpcRolloutGateway;
import dev.tidegate.server.cli.RolloutText;
import dev.tidegate.server.cli.ServerConnection;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.Console;
import java.util.Locale;

/** Asks the person at the terminal, who signs what was shown and nothing else. */
final class TerminalApprover implements Approver {
    private final Console console;
    private final DemoServer server;
    private final String key;
    private final Narrator narrator;

    TerminalApprover(Console console, DemoServer server, String key, Narrator narrator) {
        this.console = console;
        this.server = server;
        this.key = key;
        this.narrator = narrator;
    }

    @Override
    public void onWaiting(Document rollout) {
        try (ServerConnection connection = server.connect(key)) {
            GrpcRolloutGateway rollouts = new GrpcRolloutGateway(connection);
            String id = rollout.text("id");
            while (!isDecided(rollouts, id)) {
                narrator.tell("Look again:");
            }
        }
    }

    /** Returns false when the evidence changed while the person thought. */
    private boolean isDecided(GrpcRolloutGateway rollouts, String id) {
        GrpcRolloutGateway.Evidence evidence = rollouts.evidence(id);
        String candidate = evidence.rollout().text("candidate");
        narrator.tell("The promotion of %s waits for your approval:", candidate);
        narrator.tell(RolloutText.guardrails(evidence.rollout()));
        boolean yes = isYes("   Promote %s to 100 %%? [y/n] ".formatted(candidate));
        String reason = answer("   Why? ");
        try {
            if (yes) {
                evidence.approve(reason);
            } else {
                rollouts.rollBack(id, reason);
            }
            narrator.tell("%s: \"%s\"", yes ? "Approved" : "Rolled back", reason);
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
                throw e;
            }
            narrator.tell("Refused: %s", e.getMessage());
            return false;
        }
    }

    private boolean isYes(String question) {
        while (true) {
            switch (answer(question).toLowerCase(Locale.ROOT)) {
                case "y", "yes" -> {
                    return true;
                }
                case "n", "no" -> {
                    return false;
                }
                default -> narrator.tell("Expected y or n.");
            }
        }
    }

    /** Returns what the person types, once it is something. */
    private String answer(String question) {
        while (true) {
            String line = console.readLine("%s", question);
            if (line == null) {
                throw TidegateException.precondition(
                        "the terminal was closed before an answer; the rollout still waits");
            }
            if (!line.isBlank()) {
                return line.strip();
            }
        }
    }
}
