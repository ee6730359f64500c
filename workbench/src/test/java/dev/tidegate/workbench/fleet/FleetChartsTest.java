package dev.tidegate.workbench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.ScriptedFleet;
import dev.tidegate.workbench.chart.ChartFrame;
import dev.tidegate.workbench.chart.Samples;
import dev.tidegate.workbench.control.Legend;
import dev.tidegate.workbench.theme.ArmColours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FleetChartsTest {
    private static final Instant START = ScriptedFleet.START;

    private final FleetHistory history = new FleetHistory();

    private static FleetSecond second(int at, String version, long requests, long errors) {
        return new FleetSecond(
                START.plusSeconds(at), "churn", version, requests, errors, OptionalLong.of(3000));
    }

    private static List<FleetSecond> seconds(int from, int to, String version, long errors) {
        List<FleetSecond> all = new ArrayList<>();
        for (int at = from; at < to; at++) {
            all.add(second(at, version, 100, errors));
        }
        return all;
    }

    /** A message at a second, with everything before it closed. */
    private FleetSnapshot tell(int second, List<FleetSecond> seconds) {
        ServerState server =
                new ServerState(
                        "1",
                        START.plusSeconds(second),
                        START,
                        List.of(new ServerState.Replica("a", true, true)),
                        Optional.of("a"),
                        Optional.of(START.plusSeconds(second - 1)),
                        List.of());
        return history.add(new FleetUpdate(server, List.of(), seconds));
    }

    private static FleetCharts charts(FleetSnapshot fleet) {
        return FleetCharts.of(fleet, "churn", TimeSpan.ONE_MINUTE, new ArmColours(), List.of());
    }

    private static double at(ChartFrame frame, String version, int second) {
        Samples samples =
                frame.lines().stream()
                        .filter(line -> line.name().equals(version))
                        .findFirst()
                        .orElseThrow()
                        .samples();
        double x = (double) START.plusSeconds(second).getEpochSecond();
        int index = samples.firstFrom(x);
        assertThat(samples.x(index)).isEqualTo(x);
        return samples.y(index);
    }

    @Test
    void goesOnWithTheTimeWhenTrafficStops() {
        tell(10, seconds(0, 10, "v1", 0));

        FleetCharts charts = charts(tell(41, List.of()));

        assertThat(charts.rate().x().range().high())
                .isEqualTo((double) START.plusSeconds(40).getEpochSecond());
        assertThat(at(charts.rate(), "v1", 9)).isEqualTo(100);
        assertThat(at(charts.rate(), "v1", 10)).isZero();
        assertThat(at(charts.rate(), "v1", 40)).isZero();
        assertThat(at(charts.latency(), "v1", 40)).isNaN();
        assertThat(at(charts.errors(), "v1", 40)).isNaN();
    }

    @Test
    void showsALoneRequestOfACandidate() {
        List<FleetSecond> all = seconds(0, 20, "v1", 0);
        all.add(second(7, "v2", 1, 1));

        FleetCharts charts = charts(tell(20, all));

        assertThat(at(charts.rate(), "v2", 7)).isEqualTo(1);
        assertThat(at(charts.rate(), "v2", 8)).isZero();
        assertThat(at(charts.errors(), "v2", 16)).isEqualTo(1);
        assertThat(at(charts.errors(), "v2", 17)).isNaN();
    }

    @Test
    void leavesOutVersionsWithoutARequestInTheShownTime() {
        tell(10, seconds(0, 10, "v1", 0));

        FleetCharts charts = charts(tell(120, seconds(100, 120, "v2", 0)));

        assertThat(charts.rate().lines()).extracting(ChartFrame.Line::name).containsExactly("v2");
        assertThat(charts.legend()).extracting(Legend.Entry::name).containsExactly("churn v2");
    }

    @Test
    void readsOutOnlyWhatIsNearTheCrossHair() {
        FleetCharts charts = charts(tell(10, seconds(0, 10, "v1", 0)));

        assertThat(charts.rate().x().reach()).isEqualTo(2);
    }

    @Test
    void countsHistoryThatAReconnectedStreamRepeatsOnce() {
        tell(20, seconds(0, 20, "v1", 50));
        List<FleetSecond> repeated = seconds(0, 20, "v1", 50);
        repeated.addAll(seconds(20, 22, "v1", 0));

        FleetSnapshot fleet = tell(22, repeated);

        assertThat(at(charts(fleet).errors(), "v1", 21)).isEqualTo(400.0 / 1000);
        Samples requests = fleet.historyOf("churn").requests();
        assertThat(requests.size()).isEqualTo(22);
        assertThat(requests.y(19)).isEqualTo(100);
    }

    @Test
    void addsUpAVersionThatAnswersInTwoRolesInOneSecond() {
        FleetSnapshot fleet = tell(2, List.of(second(1, "v2", 30, 3), second(1, "v2", 70, 1)));

        assertThat(at(charts(fleet).rate(), "v2", 1)).isEqualTo(100);
        assertThat(at(charts(fleet).errors(), "v2", 1)).isEqualTo(0.04);
    }
}
