package dev.tidegate.server.rollout;

import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.RequestsDone;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.SignatureDifference;
import dev.tidegate.server.routing.NewRoute;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteSnapshot;
import dev.tidegate.server.routing.RouteWriter;
import dev.tidegate.server.routing.Salt;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Starts rollouts: of a version with the champion's signature, one a model at a time. */
@Singleton
final class RolloutStarter {
    private final Database database;
    private final ModelRegistry registry;
    private final RolloutTable table;
    private final RolloutMoves moves;
    private final RouteWriter routeWriter;
    private final RouteReader routes;
    private final CheaperCandidate cheaper;
    private final RequestsDone done;
    private final SecureRandom random;

    RolloutStarter(
            Database database,
            ModelRegistry registry,
            RolloutTable table,
            RolloutMoves moves,
            RouteWriter routeWriter,
            RouteReader routes,
            CheaperCandidate cheaper,
            RequestsDone done,
            SecureRandom random) {
        this.database = database;
        this.registry = registry;
        this.table = table;
        this.moves = moves;
        this.routeWriter = routeWriter;
        this.routes = routes;
        this.cheaper = cheaper;
        this.done = done;
        this.random = random;
    }

    /** Returns the id of the new rollout, or of the one that the same request started before. */
    UUID start(String model, String candidate, RolloutPlan plan, Principal by, String requestId) {
        RegisteredVersion version = registry.version(model, candidate);
        byte[] id =
                database.transaction(
                        tx ->
                                done.once(
                                        tx,
                                        request(version, plan, by, requestId),
                                        () ->
                                                start(tx, version, plan, by)
                                                        .toString()
                                                        .getBytes(StandardCharsets.US_ASCII)));
        return UUID.fromString(new String(id, StandardCharsets.US_ASCII));
    }

    /** Returns whether the same request started a rollout before. */
    boolean hasStarted(
            String model, String candidate, RolloutPlan plan, Principal by, String requestId) {
        RegisteredVersion version = registry.version(model, candidate);
        return database.read(handle -> done.answer(handle, request(version, plan, by, requestId)))
                .isPresent();
    }

    private static RequestsDone.Request request(
            RegisteredVersion version, RolloutPlan plan, Principal by, String requestId) {
        return new RequestsDone.Request(
                by.id(),
                "StartRollout",
                requestId,
                version.label() + '\n' + PlanFormat.digest(plan));
    }

    private UUID start(Handle tx, RegisteredVersion candidate, RolloutPlan plan, Principal by) {
        routeWriter.lock(tx);
        RouteSnapshot route =
                routes.current(tx, candidate.modelId())
                        .orElseThrow(
                                () ->
                                        TidegateException.precondition(
                                                "model '"
                                                        + candidate.model()
                                                        + "' has no champion to compare with;"
                                                        + " set the alias champion first"));
        requireNoOther(tx, candidate.model());
        RegisteredVersion champion = registry.byId(tx, route.championId()).orElseThrow();
        requireComparable(champion, candidate);
        if (plan.cheaper()) {
            cheaper.require(champion, candidate);
        }
        Rollout rollout = rollout(champion, candidate, plan, by);
        table.insert(tx, rollout);
        routeWriter.write(
                tx,
                new NewRoute(
                        rollout.modelId(),
                        rollout.championId(),
                        Optional.empty(),
                        0,
                        rollout.salt(),
                        Optional.of(rollout.id()),
                        List.of()),
                by.name());
        table.mark(tx, rollout.id(), "start", by.name());
        moves.record(
                tx,
                rollout,
                by.name(),
                "rollout.started",
                rollout.reason(),
                Map.of("plan", plan.name(), "planDigest", rollout.planDigest()));
        tx.execute("notify rollout");
        return rollout.id();
    }

    private void requireNoOther(Handle tx, String model) {
        table.running(tx).stream()
                .filter(running -> running.model().equals(model))
                .findFirst()
                .ifPresent(
                        running -> {
                            throw TidegateException.precondition(
                                    "rollout "
                                            + running.id()
                                            + " of "
                                            + model
                                            + " to "
                                            + running.candidate()
                                            + " is "
                                            + running.state()
                                            + "; a model has one rollout at a time");
                        });
    }

    private static void requireComparable(RegisteredVersion champion, RegisteredVersion candidate) {
        if (champion.id() == candidate.id()) {
            throw TidegateException.precondition(
                    "version '" + candidate.version() + "' is the champion already");
        }
        SignatureDifference.between(champion, candidate)
                .ifPresent(
                        difference -> {
                            throw TidegateException.precondition(
                                    "version '"
                                            + candidate.version()
                                            + "' has another signature than the champion '"
                                            + champion.version()
                                            + "': "
                                            + difference);
                        });
    }

    private Rollout rollout(
            RegisteredVersion champion,
            RegisteredVersion candidate,
            RolloutPlan plan,
            Principal by) {
        return new Rollout(
                UUID.randomUUID(),
                candidate.model(),
                candidate.modelId(),
                champion.version(),
                champion.id(),
                candidate.version(),
                candidate.id(),
                plan,
                PlanFormat.digest(plan),
                Salt.random(random),
                RolloutState.RUNNING,
                Rollout.WATCHING,
                1,
                "started by " + by.name() + "; watching the champion before the first step",
                "the champion's latency",
                by.name(),
                by.id(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());
    }
}
