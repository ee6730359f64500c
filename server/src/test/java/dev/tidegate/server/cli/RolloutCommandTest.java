package dev.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.StartRolloutRequest;
import dev.tidegate.server.CommandRun;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RolloutCommandTest {
    @TempDir private Path folder;
    private final ScriptedRollouts rollouts = new ScriptedRollouts();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(rollouts)
                        .build()
                        .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void startsWithANamedPlanAndPassesWarningsOn() {
        CommandRun run =
                tidegate(
                        "start",
                        "churn",
                        "--candidate",
                        "v2",
                        "--plan",
                        "demo",
                        "--output",
                        "json");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEqualToIgnoringNewLines("warning: the traffic is unknown");
        assertThat(run.json().path("id").asText()).isEqualTo("r1");
        StartRolloutRequest request = (StartRolloutRequest) rollouts.received.remove();
        assertThat(request.getPlan()).isEqualTo("demo");
        assertThat(request.getMutation().getRequestId()).hasSize(36);
    }

    @Test
    void sendsAPlanOfItsOwn() throws IOException {
        Path plan = Files.writeString(folder.resolve("mine.yaml"), "name: mine\n");
        tidegate("start", "churn", "--candidate", "v2", "--plan", plan.toString());
        StartRolloutRequest request = (StartRolloutRequest) rollouts.received.remove();
        assertThat(request.getPlan()).isEmpty();
        assertThat(request.getPlanYaml()).isEqualTo("name: mine\n");
    }

    @Test
    void showsTheFieldsThatScriptsRelyOn() {
        JsonNode rollout = tidegate("show", "r1", "--output", "json").json();
        for (String name :
                List.of("id", "model", "champion", "candidate", "state", "step", "weight")) {
            assertThat(rollout.path(name).asText()).as(name).isNotEmpty();
        }
        assertThat(rollout.has("harm")).isTrue();
        JsonNode guardrail = rollout.path("guardrails").get(0);
        assertThat(guardrail.fieldNames())
                .toIterable()
                .contains(
                        "name",
                        "verdict",
                        "reason",
                        "champion",
                        "candidate",
                        "difference",
                        "low",
                        "high",
                        "n",
                        "needed",
                        "eValue",
                        "alpha");
        assertThat(guardrail.path("needed").asInt()).isEqualTo(321);
        assertThat(guardrail.path("n").asInt()).isEqualTo(700);
        assertThat(guardrail.path("eValue").asDouble()).isEqualTo(StrictMath.exp(2));
        assertThat(guardrail.path("difference").isNull()).isTrue();
    }

    @Test
    void showsTheEvidenceThatItSigns() {
        CommandRun run = tidegate("approve", "r1", "--reason", "calm", "--output", "json");
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("errors", "KEEP_COLLECTING", "AWAITING_APPROVAL");
        assertThat(run.json().path("state").asText()).isEqualTo("PROMOTED");
        ApproveRolloutRequest request = (ApproveRolloutRequest) rollouts.received.remove();
        assertThat(request.getReason()).isEqualTo("calm");
        assertThat(request.getSnapshot().getFoldPosition()).isEqualTo(42);
    }

    @Test
    void signsTheEvidenceThatWasLookedAtBefore() {
        String shown = tidegate("show", "r1", "--output", "json").json().path("evidence").asText();
        assertThat(shown).isEqualTo("42:ab");
        assertThat(tidegate("approve", "r1", "--reason", "calm", "--evidence", "17:9f").code())
                .isZero();
        ApproveRolloutRequest request = (ApproveRolloutRequest) rollouts.received.remove();
        assertThat(request.getSnapshot().getFoldPosition()).isEqualTo(17);
        assertThat(request.getSnapshot().getDigest()).isEqualTo("9f");
        CommandRun wrong = tidegate("approve", "r1", "--reason", "calm", "--evidence", "17");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("expected the field evidence", "17");
    }

    @Test
    void passesOnWhyAnApprovalIsRefused() {
        CommandRun run = tidegate("approve", "r1", "--reason", "too late", "--output", "json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().toList().getLast())
                .isEqualTo("tidegate rollout approve: errors was SAFE and is now HARMFUL");
        assertThat(tidegate("approve", "r1").code()).isEqualTo(2);
    }

    @Test
    void watchesOverARestartUntilTheEnd() {
        rollouts.watches.add(List.of("RUNNING"));
        rollouts.watches.add(List.of());
        rollouts.watches.add(List.of("RUNNING", "PROMOTED", "RUNNING"));
        CommandRun run = tidegate("watch", "r1", "--output", "json");
        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .extracting(line -> line.path("state").asText())
                .containsExactly("RUNNING", "RUNNING", "PROMOTED");
        assertThat(run.err()).contains("the connection is lost; connecting again");
    }

    @Test
    void doesNotWatchAServerThatWasNeverThere() {
        rollouts.watches.add(List.of());
        assertThat(tidegate("watch", "r1").code()).isEqualTo(1);
        assertThat(rollouts.received).hasSize(1);
    }

    @Test
    void saysWhatTheServerCannotDo() {
        assertThat(tidegate("hold", "r1").code()).isEqualTo(1);
        assertThat(tidegate("hold", "r1").err()).startsWith("tidegate rollout hold: ");
        assertThat(tidegate("rollback", "r1").code()).isEqualTo(2);
    }

    private CommandRun tidegate(String... arguments) {
        return CommandRun.of(
                Stream.of(
                                Stream.of("rollout"),
                                Stream.of(arguments),
                                Stream.of("--server", "127.0.0.1:" + server.getPort()))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }
}
