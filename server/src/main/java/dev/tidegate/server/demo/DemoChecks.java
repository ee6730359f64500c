package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.cli.GrpcAuditGateway;
import dev.tidegate.server.cli.GrpcLogGateway;
import dev.tidegate.server.cli.GrpcRouteGateway;
import dev.tidegate.server.cli.ServerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the story against what client, prediction log and audit trail say. */
final class DemoChecks {
    /** How long the log may need to catch up with the journal. */
    private static final Duration LOG_LIMIT = Duration.ofSeconds(30);

    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final int SAMPLE = 100;
    private static final int EVENTS = 1000;
    private static final Set<String> ORDINARY = Set.of("champion", "candidate");
    private static final Map<String, String> ACTIONS =
            Map.of("PROMOTED", "rollout.promoted", "ROLLED_BACK", "rollout.rolled_back");

    private final ServerConnection server;
    private final boolean harmful;

    DemoChecks(ServerConnection server, boolean harmful) {
        this.server = server;
        this.harmful = harmful;
    }

    List<Check> run(RolloutEnd better, RolloutEnd last, TrafficTally tally)
            throws InterruptedException {
        return List.of(
                promoted(better),
                rolledBack(last),
                failures(last, tally),
                noClientFailed(tally),
                logAgrees(tally),
                answersAreLogged(tally),
                auditAgrees(better, last));
    }

    private Check promoted(RolloutEnd end) {
        return new Check(
                "v2 was promoted", end.state().equals("PROMOTED"), "its rollout is " + end.state());
    }

    private Check rolledBack(RolloutEnd end) {
        String champion =
                new GrpcRouteGateway(server)
                        .show(DemoVersion.MODEL).documents("arms").stream()
                                .filter(arm -> arm.text("role").equals("champion"))
                                .map(arm -> arm.text("version"))
                                .findFirst()
                                .orElse("none");
        return new Check(
                "v3 was rolled back",
                end.state().equals("ROLLED_BACK") && champion.equals("v2"),
                "its rollout is %s, the champion is %s".formatted(end.state(), champion));
    }

    private Check failures(RolloutEnd end, TrafficTally tally) {
        long errors = end.candidateErrors();
        long substitutes = tally.reasons().getOrDefault("failover", 0L);
        String detail =
                "%d of its units had an error, the champion stood in %d times"
                        .formatted(errors, substitutes);
        return harmful
                ? new Check("v3 failed some requests", errors > 0 && substitutes > 0, detail)
                : new Check("the healthy v3 failed no request", errors == 0, detail);
    }

    private static Check noClientFailed(TrafficTally tally) {
        return new Check(
                "no client request failed",
                tally.failed() == 0 && tally.answered() == tally.sent() && tally.sent() > 0,
                "%d sent, %d answered, %d failed%s; the slowest took %.2f s, %.0f s after the first"
                        .formatted(
                                tally.sent(),
                                tally.answered(),
                                tally.failed(),
                                tally.problem() == null ? "" : " (" + tally.problem() + ")",
                                tally.slowest().seconds(),
                                tally.slowest().after()));
    }

    private Check logAgrees(TrafficTally tally) throws InterruptedException {
        GrpcLogGateway log = new GrpcLogGateway(server);
        long end = System.nanoTime() + LOG_LIMIT.toNanos();
        Document count = log.count(DemoVersion.MODEL, Optional.empty());
        while (count.number("count") < tally.answered() && System.nanoTime() < end) {
            Thread.sleep(GLANCE);
            count = log.count(DemoVersion.MODEL, Optional.empty());
        }
        return new Check(
                "the prediction log has what the client has",
                count.number("count") == tally.answered() && count.number("lost") == 0,
                "%d entries, %d lost; %d answers at the client"
                        .formatted(count.number("count"), count.number("lost"), tally.answered()));
    }

    /** Looks up every answer that was not the routed version's, and a sample of the others. */
    private Check answersAreLogged(TrafficTally tally) {
        GrpcLogGateway log = new GrpcLogGateway(server);
        int stride = Math.max(1, tally.answers().size() / SAMPLE);
        long wrong = 0;
        long looked = 0;
        for (int i = 0; i < tally.answers().size(); i++) {
            TrafficAnswer answer = tally.answers().get(i);
            if (i % stride == 0 || !ORDINARY.contains(answer.reason())) {
                looked++;
                wrong += isLogged(log.show(answer.id()), answer) ? 0 : 1;
            }
        }
        return new Check(
                "the log knows id, version and reason of the client's answers, once",
                wrong == 0 && looked > 0,
                "%d looked up, all %d failovers among them, %d wrong"
                        .formatted(looked, tally.reasons().getOrDefault("failover", 0L), wrong));
    }

    private static boolean isLogged(Document entry, TrafficAnswer answer) {
        return entry.text("id").equals(answer.id())
                && entry.text("answeredVersion").equals(answer.version())
                && entry.text("reason").equals(answer.reason())
                && entry.documents("repeats").isEmpty();
    }

    private Check auditAgrees(RolloutEnd... ends) {
        GrpcAuditGateway audit = new GrpcAuditGateway(server);
        Document chain = audit.verify();
        boolean told = true;
        for (RolloutEnd end : ends) {
            String action = ACTIONS.getOrDefault(end.state(), "none");
            told &=
                    audit.list("rollout/" + end.id(), EVENTS).documents("events").stream()
                            .anyMatch(event -> event.text("action").equals(action));
        }
        return new Check(
                "the audit trail verifies and tells both ends",
                chain.flag("valid") && told,
                "%d events, chain %s, ends %s"
                        .formatted(
                                chain.number("events"),
                                chain.flag("valid") ? "valid" : "broken",
                                told ? "told" : "not told"));
    }
}
