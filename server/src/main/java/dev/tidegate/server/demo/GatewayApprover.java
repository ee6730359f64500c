package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.cli.GrpcRolloutGateway;
import dev.tidegate.server.cli.RolloutText;
import dev.tidegate.server.cli.ServerConnection;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Approves with a second key, as {@code tidegate rollout approve} does. */
final class GatewayApprover implements Approver {
    private static final int TRIES = 5;
    private static final String REASON = "all guardrails are safe on the evidence shown";

    private final DemoServer server;
    private final String key;
    private final Narrator narrator;

    GatewayApprover(DemoServer server, String key, Narrator narrator) {
        this.server = server;
        this.key = key;
        this.narrator = narrator;
    }

    @Override
    public void onWaiting(Document rollout) {
        narrator.tell("The promotion waits for an approval; the second key signs this evidence:");
        approve(rollout.text("id"), REASON, TRIES);
    }

    /** Approves; evidence that changed between look and signature is looked at again. */
    void approve(String id, String reason, int tries) {
        try (ServerConnection connection = server.connect(key)) {
            GrpcRolloutGateway.Evidence evidence = new GrpcRolloutGateway(connection).evidence(id);
            narrator.tell(RolloutText.guardrails(evidence.rollout()));
            try {
                evidence.approve(reason);
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.FAILED_PRECONDITION || tries <= 1) {
                    throw e;
                }
                narrator.tell("Refused: %s. Looking again.", e.getMessage());
                approve(id, reason, tries - 1);
                return;
            }
        }
        narrator.tell("Approved: \"%s\"", reason);
    }

    /** Gives all traffic back to the champion. */
    void reject(String id, String reason) {
        try (ServerConnection connection = server.connect(key)) {
            new GrpcRolloutGateway(connection).rollBack(id, reason);
        }
        narrator.tell("Rolled back: \"%s\"", reason);
    }
}
