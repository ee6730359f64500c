package dev.tidegate.server.inference;

import dev.tidegate.server.journal.PredictionIds;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.tracing.Traces;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.RouteDecision;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.routing.RouteSnapshot;
import dev.tidegate.server.routing.RoutingTable;
import dev.tidegate.server.routing.UnitHash;
import dev.tidegate.server.stats.Arm;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request: read, held against the champion's signature, routed, run.
 *
 * <p>On this way there is no lock, no database and no leader. Only a name that is not in memory is
 * looked up in the registry, on a thread that may wait.
 */
@Singleton
public final class InferenceFlow {
    private final Serving serving;
    private final AwaitedVersions awaited;
    private final ModelRegistry registry;
    private final RoutingTable routes;
    private final UnitHash units;
    private final PredictionIds ids;
    private final Traces traces;
    private final Clock wall;
    private final long deadline;

    InferenceFlow(
            Serving serving,
            AwaitedVersions awaited,
            ModelRegistry registry,
            RoutingTable routes,
            UnitHash units,
            PredictionIds ids,
            Traces traces,
            Clock wall,
            InferenceConfig config) {
        this.serving = serving;
        this.awaited = awaited;
        this.registry = registry;
        this.routes = routes;
        this.units = units;
        this.ids = ids;
        this.traces = traces;
        this.wall = wall;
        this.deadline = config.deadline().toNanos();
    }

    /** Answers the caller, now or later; what is wrong with the request is thrown. */
    public void begin(Caller caller, byte[] wire) {
        long remaining = Math.min(deadline, caller.patience());
        Arrival arrival = new Arrival(caller, wire, serving.now(), remaining);
        if (arrival.request.version().isEmpty()) {
            routed(arrival);
        } else {
            pinned(arrival);
        }
    }

    private void routed(Arrival arrival) {
        RouteSnapshot route = route(arrival.request.model());
        LoadedVersion champion =
                route == null ? null : serving.versions().acquire(route.championId());
        if (route == null || champion == null) {
            serving.workers().executeLookup(() -> withoutChampion(arrival));
            return;
        }
        held(arrival, route, champion);
    }

    private void held(Arrival arrival, RouteSnapshot route, LoadedVersion champion) {
        try {
            routed(arrival, route, champion);
        } finally {
            champion.release();
        }
    }

    private @Nullable RouteSnapshot route(String model) {
        Long modelId = serving.versions().modelId(model);
        return modelId == null ? null : routes.of(modelId).orElse(null);
    }

    /**
     * Answers what fits the champion's signature; begins again when the champion changes meanwhile.
     */
    private void routed(Arrival arrival, RouteSnapshot route, LoadedVersion champion) {
        Prediction.Inputs inputs = inputs(arrival, champion.plan());
        UUID id = ids.next();
        long unit = unit(arrival, id);
        RouteDecision decision = routes.route(route.modelId(), unit);
        if (decision == null) {
            throw TidegateException.unavailable(
                    "model '%s' lost its route".formatted(arrival.request.model()));
        }
        if (decision.route().championId() != champion.id()) {
            routed(arrival);
            return;
        }
        Prediction prediction =
                new Prediction(
                        id,
                        arrival.request.id(),
                        wall.instant(),
                        arrival.nanos,
                        arrival.nanos + arrival.remaining / 2,
                        arrival.nanos + arrival.remaining,
                        route.modelId(),
                        decision.route().epoch(),
                        decision.versionId(),
                        decision.route().championId(),
                        decision.arm(),
                        decision.reason(),
                        decision.inEvidence(),
                        unit,
                        inputs,
                        arrival.request.outputs(),
                        arrival.request.wantsRaw(),
                        new Prediction.Wire(arrival.wire, champion.version(), champion.plan()),
                        traces.begin(arrival.caller.traceParent(), id, arrival.request.model()));
        start(arrival, prediction, version(decision.versionId(), champion));
    }

    /**
     * Returns the routed version held; null when it is not in memory. The champion is held already:
     * one that a swap takes out of the list meanwhile answers what it was asked.
     */
    private @Nullable LoadedVersion version(long versionId, LoadedVersion champion) {
        return versionId == champion.id() && champion.hold()
                ? champion
                : serving.versions().acquire(versionId);
    }

    private static Prediction.Inputs inputs(Arrival arrival, SignaturePlan plan) {
        Tensor[] tensors = arrival.request.inputs(plan);
        plan.wanted(arrival.request.outputs());
        return new Prediction.Inputs(tensors);
    }

    private long unit(Arrival arrival, UUID id) {
        String unit = arrival.request.unit();
        if (unit == null) {
            unit = arrival.caller.unit();
        }
        return units.of(unit == null ? id.toString() : unit);
    }

    private void start(Arrival arrival, Prediction prediction, @Nullable LoadedVersion version) {
        Exchange exchange = new Exchange(serving, arrival.caller, prediction);
        arrival.caller.attach(exchange);
        exchange.start(version);
    }

    /**
     * Answers from the ladder of a model whose champion is not in memory, or says why nobody can.
     * One that left since the request came has a successor that is.
     */
    private void withoutChampion(Arrival arrival) {
        String model = arrival.request.model();
        try {
            RouteSnapshot route = route(model);
            LoadedVersion successor =
                    route == null ? null : serving.versions().acquire(route.championId());
            if (route != null && successor != null) {
                held(arrival, route, successor);
                return;
            }
            registry.model(model);
            RegisteredVersion champion =
                    registry.champion(model)
                            .orElseThrow(
                                    () ->
                                            TidegateException.precondition(
                                                    "model '%s' has no champion; point the alias 'champion' at one of its versions, or name a version"
                                                            .formatted(model)));
            if (!serving.ladders().of(champion.modelId()).isSet()) {
                throw TidegateException.unavailable(
                        "the champion of model '%s' is still loading; try again".formatted(model));
            }
            SignaturePlan plan = new SignaturePlan(champion.signature());
            start(
                    arrival,
                    unrouted(
                            arrival,
                            new Prediction.Wire(arrival.wire, champion, plan),
                            inputs(arrival, plan),
                            RouteReason.CHAMPION),
                    null);
        } catch (RuntimeException e) {
            arrival.caller.fail(e);
        }
    }

    private void pinned(Arrival arrival) {
        LoadedVersion version =
                serving.versions().acquire(arrival.request.model(), arrival.request.version());
        if (version == null) {
            serving.workers().executeLookup(() -> loadPinned(arrival));
        } else {
            pinned(arrival, version);
        }
    }

    private void loadPinned(Arrival arrival) {
        try {
            RegisteredVersion named =
                    registry.version(arrival.request.model(), arrival.request.version());
            awaited.whenLoaded(
                    named,
                    arrival.nanos + arrival.remaining - serving.now(),
                    arrival.caller::isCancelled,
                    loaded -> pinnedOrFailed(arrival, loaded),
                    arrival.caller::fail);
        } catch (RuntimeException e) {
            arrival.caller.fail(e);
        }
    }

    private void pinnedOrFailed(Arrival arrival, LoadedVersion version) {
        try {
            pinned(arrival, version);
        } catch (RuntimeException e) {
            arrival.caller.fail(e);
        }
    }

    private void pinned(Arrival arrival, LoadedVersion version) {
        Prediction prediction;
        try {
            prediction =
                    unrouted(
                            arrival,
                            new Prediction.Wire(arrival.wire, version.version(), version.plan()),
                            inputs(arrival, version.plan()),
                            RouteReason.PINNED);
        } catch (RuntimeException e) {
            version.release();
            throw e;
        }
        start(arrival, prediction, version);
    }

    /** Makes what no route decides, and so is no evidence. */
    private Prediction unrouted(
            Arrival arrival, Prediction.Wire wire, Prediction.Inputs inputs, RouteReason reason) {
        UUID id = ids.next();
        RegisteredVersion version = wire.version();
        return new Prediction(
                id,
                arrival.request.id(),
                wall.instant(),
                arrival.nanos,
                arrival.nanos + arrival.remaining / 2,
                arrival.nanos + arrival.remaining,
                version.modelId(),
                routes.of(version.modelId()).map(RouteSnapshot::epoch).orElse(0L),
                version.id(),
                version.id(),
                Arm.CHAMPION,
                reason,
                false,
                unit(arrival, id),
                inputs,
                arrival.request.outputs(),
                arrival.request.wantsRaw(),
                wire,
                traces.begin(arrival.caller.traceParent(), id, arrival.request.model()));
    }

    /** A message that came in. */
    private static final class Arrival {
        private final Caller caller;
        private final byte[] wire;
        private final InferRequestProtoMapper request;
        private final long nanos;
        private final long remaining;

        Arrival(Caller caller, byte[] wire, long nanos, long remaining) {
            this.caller = caller;
            this.wire = wire;
            this.request = InferRequestProtoMapper.parse(wire);
            this.nanos = nanos;
            this.remaining = remaining;
        }
    }
}
