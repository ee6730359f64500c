package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.cli.RolloutText;
import java.io.Console;

/** Asks the person at the terminal. */
final class TerminalApprover implements Approver {
    private final Console console;
    private final GatewayApprover approver;
    private final Narrator narrator;

    TerminalApprover(Console console, GatewayApprover approver, Narrator narrator) {
        this.console = console;
        this.approver = approver;
        this.narrator = narrator;
    }

    @Override
    public void onWaiting(Document rollout) {
        narrator.tell("The promotion of %s waits for your approval:", rollout.text("candidate"));
        narrator.tell(RolloutText.guardrails(rollout));
        boolean yes =
                answer("   Promote %s to 100 %%? [y/n] ", rollout.text("candidate"))
                        .startsWith("y");
        String reason = "";
        while (reason.isEmpty()) {
            reason = answer("   Why? ");
        }
        if (yes) {
            approver.approve(rollout.text("id"), reason, 1);
        } else {
            approver.reject(rollout.text("id"), reason);
        }
    }

    private String answer(String question, Object... values) {
        String line = console.readLine(question, values);
        return line == null ? "no answer" : line.strip().toLowerCase(java.util.Locale.ROOT);
    }
}
