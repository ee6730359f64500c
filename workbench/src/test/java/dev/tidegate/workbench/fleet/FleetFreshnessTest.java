package dev.tidegate.workbench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.ScriptedFleet;
import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FleetFreshnessTest {
    private static final Instant START = ScriptedFleet.START;
    private static final List<ServerState.Replica> ONE =
            List.of(new ServerState.Replica("a", true, true));

    private final FleetFreshness freshness = new FleetFreshness();

    private static Feed<FleetSnapshot> live(
            int second,
            List<ServerState.Replica> replicas,
            Optional<Instant> evidence,
            String... problems) {
        Instant now = START.plusSeconds(second);
        ServerState server =
                new ServerState(
                        "1", now, START, replicas, Optional.of("a"), evidence, List.of(problems));
        return new Feed.Live<>(new FleetSnapshot(server, List.of(), Map.of()), now);
    }

    private static Optional<Instant> evidence(int second) {
        return Optional.of(START.plusSeconds(second));
    }

    private Feed<FleetSnapshot> judge(Feed<FleetSnapshot> feed) {
        return freshness.judge(feed);
    }

    @Test
    void staysLiveWithoutTrafficWhileEmptySecondsClose() {
        assertThat(judge(live(100, ONE, evidence(98), "no leader"))).isInstanceOf(Feed.Live.class);
    }

    @Test
    void staysLiveWhenTheServerHasJustStarted() {
        assertThat(judge(live(1, ONE, Optional.empty()))).isInstanceOf(Feed.Live.class);
        assertThat(judge(live(2, ONE, Optional.empty(), "no leader")))
                .isInstanceOf(Feed.Live.class);
    }

    @Test
    void isStaleSinceTheLastFiguresOnceTheDatabaseIsGone() {
        Feed<FleetSnapshot> good = live(100, ONE, evidence(99));
        judge(good);

        Feed<FleetSnapshot> gone = judge(live(103, List.of(), Optional.empty(), "no database"));

        assertThat(gone)
                .isEqualTo(
                        new Feed.Stale<>(
                                gone.newest().orElseThrow(),
                                START.plusSeconds(100),
                                new ServiceFailure.Outdated("No database")));
    }

    @Test
    void keepsThatTimeWhenTheServerGoesTooMeanwhile() {
        judge(live(100, ONE, evidence(99)));
        Feed<FleetSnapshot> repeated = live(160, List.of(), Optional.empty(), "no database");
        judge(repeated);

        Feed<FleetSnapshot> lost =
                judge(repeated.withLoss(new ServiceFailure.Unavailable("connection refused")));

        assertThat(lost)
                .isInstanceOfSatisfying(
                        Feed.Stale.class,
                        stale -> assertThat(stale.at()).isEqualTo(START.plusSeconds(100)));
    }

    @Test
    void isStaleWhenEvidenceStopsAndTheServerSaysWhy() {
        assertThat(judge(live(100, ONE, evidence(94), "no evidence from replica a")))
                .isInstanceOf(Feed.Stale.class);
        assertThat(judge(live(100, ONE, evidence(96), "no evidence from replica b")))
                .isInstanceOf(Feed.Live.class);
    }

    @Test
    void isStaleWhenEvidenceStaysAway() {
        judge(live(100, ONE, evidence(99)));

        assertThat(judge(live(103, ONE, Optional.empty(), "no evidence from replica a")))
                .isInstanceOf(Feed.Live.class);
        assertThat(judge(live(106, ONE, Optional.empty(), "no evidence from replica a")))
                .isInstanceOf(Feed.Stale.class);
    }
}
