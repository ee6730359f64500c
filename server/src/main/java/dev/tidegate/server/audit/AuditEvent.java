package dev.tidegate.server.audit;

import java.util.Map;

/**
 * A change of state that is about to happen.
 *
 * @param principal name of who did it
 * @param action what, for example {@code rollout.approved}
 * @param subject to what, for example {@code rollout/0198…}
 * @param detail what an auditor needs beside it; values as JSON has them
 */
public record AuditEvent(String principal, String action, String subject, Map<String, ?> detail) {
    public AuditEvent {
        detail = Map.copyOf(detail);
    }
}
