package dev.tidegate.server.fleet;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.rollout.RunningRollouts;
import dev.tidegate.server.routing.RouteStatus;
import dev.tidegate.server.routing.RouteStatusReader;
import dev.tidegate.server.stats.LatencyHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one watcher of the fleet has not seen yet, with the newest minute kept for the sums. */
final class FleetWatch {
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final ServerStatusReader server;
    private final FleetHistory history;
    private final RouteStatusReader routes;
    private final RunningRollouts rollouts;
    private final Principal by;
    private final Duration asked;
    private final Deque<FleetSecond> window = new ArrayDeque<>();
    private Instant seen = Instant.EPOCH;
    private List<FleetModel> models = List.of();

    FleetWatch(
            ServerStatusReader server,
            FleetHistory history,
            RouteStatusReader routes,
            RunningRollouts rollouts,
            Principal by,
            Duration asked) {
        this.server = server;
        this.history = history;
        this.routes = routes;
        this.rollouts = rollouts;
        this.by = by;
        this.asked = asked;
    }

    /** Returns what is new; without the database the models as they were seen last. */
    News news() {
        ServerStatus status = server.read();
        if (status.isWithoutDatabase()) {
            return new News(status, models, List.of());
        }
        List<FleetSecond> seconds = status.newestEvidence().map(this::through).orElse(List.of());
        models = models();
        return new News(status, models, seconds);
    }

    private List<FleetSecond> through(Instant closed) {
        boolean first = seen.equals(Instant.EPOCH);
        Instant after = first ? closed.minus(max(asked, WINDOW)) : seen;
        List<FleetSecond> news = history.between(after, closed);
        seen = closed;
        window.addAll(news);
        while (!window.isEmpty() && window.peekFirst().at().isBefore(closed.minus(WINDOW))) {
            window.removeFirst();
        }
        return first
                ? news.stream().filter(second -> second.at().isAfter(closed.minus(asked))).toList()
                : news;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private List<FleetModel> models() {
        Map<String, RunningRollouts.Waiting> waiting =
                rollouts.of(by).stream()
                        .collect(Collectors.toMap(w -> w.rollout().model(), Function.identity()));
        List<FleetModel> models = new ArrayList<>();
        for (RouteStatus route : routes.all()) {
            models.add(model(route, Optional.ofNullable(waiting.get(route.model()))));
        }
        return models;
    }

    private FleetModel model(RouteStatus route, Optional<RunningRollouts.Waiting> waiting) {
        LatencyHistogram latency = new LatencyHistogram();
        long requests = 0;
        long errors = 0;
        long pinned = 0;
        for (FleetSecond second : window) {
            if (second.model().equals(route.model())) {
                requests += second.requests();
                errors += second.errors();
                pinned += second.share() == FleetSecond.Share.PINNED ? second.requests() : 0;
                latency.merge(second.latency());
            }
        }
        return new FleetModel(
                route,
                waiting.map(RunningRollouts.Waiting::rollout),
                waiting.map(RunningRollouts.Waiting::forCaller).orElse(false),
                requests,
                errors,
                pinned,
                latency,
                (int) WINDOW.toSeconds());
    }

    /** One message to a watcher. */
    record News(ServerStatus server, List<FleetModel> models, List<FleetSecond> seconds) {}
}
