package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.cli.RolloutText;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Approves with a second key, through {@code tidegate rollout approve} in a process of its own. */
final class CliApprover implements Approver {
    private static final int TRIES = 5;
    private static final String REASON = "all guardrails are safe on the evidence shown";

    private final DemoServer server;
    private final String key;
    private final Children children;
    private final Path log;
    private final Narrator narrator;

    CliApprover(DemoServer server, String key, Children children, Path log, Narrator narrator) {
        this.server = server;
        this.key = key;
        this.children = children;
        this.log = log;
        this.narrator = narrator;
    }

    /** Approves; evidence that changed between look and signature is looked at again. */
    @Override
    public void onWaiting(Document rollout) throws InterruptedException {
        narrator.tell("The promotion waits for an approval; the second key signs this evidence:");
        narrator.tell(RolloutText.guardrails(rollout));
        String id = rollout.text("id");
        narrator.tell("tidegate rollout approve %s --reason \"%s\"", id, REASON);
        for (int tries = 1; !approve(id); tries++) {
            if (tries == TRIES) {
                throw TidegateException.precondition(
                        "the approval was refused %d times; see %s".formatted(TRIES, log));
            }
            narrator.tell("Refused, see %s. Once more.", log);
        }
    }

    private boolean approve(String id) throws InterruptedException {
        Process command =
                children.tidegate(
                        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        List.of(
                                "rollout",
                                "approve",
                                id,
                                "--reason",
                                REASON,
                                "--server",
                                server.address().toString()),
                        Map.of("TIDEGATE_TOKEN", key),
                        log);
        try (var lines = command.inputReader()) {
            narrator.tell(lines.lines().toList());
            return command.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the command's answer cannot be read", e);
        }
    }
}
