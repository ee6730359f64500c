package dev.tidegate.server.rollout;

import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.ApproveRolloutResponse;
import dev.tidegate.proto.v1.GetRolloutRequest;
import dev.tidegate.proto.v1.GetRolloutResponse;
import dev.tidegate.proto.v1.HoldRolloutRequest;
import dev.tidegate.proto.v1.HoldRolloutResponse;
import dev.tidegate.proto.v1.ListRolloutsRequest;
import dev.tidegate.proto.v1.ListRolloutsResponse;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.ResumeRolloutRequest;
import dev.tidegate.proto.v1.ResumeRolloutResponse;
import dev.tidegate.proto.v1.RollBackRolloutRequest;
import dev.tidegate.proto.v1.RollBackRolloutResponse;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.StartRolloutRequest;
import dev.tidegate.proto.v1.StartRolloutResponse;
import dev.tidegate.proto.v1.WatchRolloutRequest;
import dev.tidegate.proto.v1.WatchRolloutResponse;
import dev.tidegate.server.identity.CurrentPrincipal;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.platform.grpc.Unary;
import dev.tidegate.server.platform.storage.Database;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** Rollouts over gRPC. */
@Singleton
final class RolloutGrpcService extends RolloutServiceGrpc.RolloutServiceImplBase {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1000;

    private final Database database;
    private final RolloutTable table;
    private final RolloutStarter starter;
    private final RolloutCommands commands;
    private final RolloutViews views;
    private final BuiltInPlans plans;
    private final TrafficForecast forecast;
    private final ServerStream streams;

    RolloutGrpcService(
            Database database,
            RolloutTable table,
            RolloutStarter starter,
            RolloutCommands commands,
            RolloutViews views,
            BuiltInPlans plans,
            TrafficForecast forecast,
            ServerStream streams) {
        this.database = database;
        this.table = table;
        this.starter = starter;
        this.commands = commands;
        this.views = views;
        this.plans = plans;
        this.forecast = forecast;
        this.streams = streams;
    }

    @Override
    public void startRollout(
            StartRolloutRequest request, StreamObserver<StartRolloutResponse> observer) {
        Principal by = CurrentPrincipal.get();
        Unary.answer(
                observer,
                () -> {
                    RolloutPlan plan = plan(request);
                    Forecast expected = forecast(request, plan, by);
                    UUID id =
                            starter.start(
                                    request.getModel(),
                                    request.getCandidate(),
                                    plan,
                                    by,
                                    request.getMutation().getRequestId());
                    return StartRolloutResponse.newBuilder()
                            .setRollout(message(id, by))
                            .setForecast(expected.text())
                            .addAllWarnings(expected.warnings())
                            .build();
                });
    }

    /** A repeat is answered whatever the traffic is now. */
    private Forecast forecast(StartRolloutRequest request, RolloutPlan plan, Principal by) {
        return starter.hasStarted(
                        request.getModel(),
                        request.getCandidate(),
                        plan,
                        by,
                        request.getMutation().getRequestId())
                ? Forecast.NONE
                : forecast.of(request.getModel(), plan);
    }

    private RolloutPlan plan(StartRolloutRequest request) {
        if (!request.getPlanYaml().isEmpty()) {
            return PlanFormat.parseYaml(request.getPlanYaml());
        }
        return plans.named(request.getPlan().isEmpty() ? "default" : request.getPlan());
    }

    @Override
    public void getRollout(GetRolloutRequest request, StreamObserver<GetRolloutResponse> observer) {
        Principal by = CurrentPrincipal.get();
        Unary.answer(
                observer,
                () ->
                        GetRolloutResponse.newBuilder()
                                .setRollout(message(id(request.getId()), by))
                                .build());
    }

    @Override
    public void listRollouts(
            ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> observer) {
        Principal by = CurrentPrincipal.get();
        int limit = request.getLimit() <= 0 ? DEFAULT_LIMIT : Math.min(request.getLimit(), MOST);
        Unary.answer(
                observer,
                () ->
                        database.snapshot(
                                handle ->
                                        ListRolloutsResponse.newBuilder()
                                                .addAllRollouts(
                                                        table
                                                                .list(
                                                                        handle,
                                                                        request.getModel(),
                                                                        limit)
                                                                .stream()
                                                                .map(
                                                                        rollout ->
                                                                                RolloutProtoMapper
                                                                                        .rollout(
                                                                                                views
                                                                                                        .of(
                                                                                                                handle,
                                                                                                                rollout,
                                                                                                                by)))
                                                                .toList())
                                                .build()));
    }

    @Override
    public void watchRollout(
            WatchRolloutRequest request, StreamObserver<WatchRolloutResponse> observer) {
        RolloutWatch watch =
                new RolloutWatch(
                        database,
                        table,
                        views,
                        id(request.getId()),
                        CurrentPrincipal.get(),
                        history(request.getHistory().getSeconds()));
        streams.run(
                observer, BEAT, () -> watch.news().map(RolloutProtoMapper::news), watch::hasMore);
    }

    private static Duration history(long seconds) {
        if (seconds < 0) {
            throw TidegateException.invalid("history is " + seconds + " s, expected none below 0");
        }
        return Duration.ofSeconds(seconds);
    }

    @Override
    public void approveRollout(
            ApproveRolloutRequest request, StreamObserver<ApproveRolloutResponse> observer) {
        Principal by = CurrentPrincipal.get();
        Unary.answer(
                observer,
                () -> {
                    UUID id = id(request.getId());
                    commands.approve(
                            command(request.getMutation(), id, request.getReason(), by),
                            RolloutProtoMapper.snapshot(request.getSnapshot()));
                    return ApproveRolloutResponse.newBuilder().setRollout(message(id, by)).build();
                });
    }

    @Override
    public void holdRollout(
            HoldRolloutRequest request, StreamObserver<HoldRolloutResponse> observer) {
        Principal by = CurrentPrincipal.get();
        Unary.answer(
                observer,
                () -> {
                    UUID id = id(request.getId());
                    commands.hold(command(request.getMutation(), id, request.getReason(), by));
                    return HoldRolloutResponse.newBuilder().setRollout(message(id, by)).build();
                });
    }

    @Override
    public void resumeRollout(
            ResumeRolloutRequest request, StreamObserver<ResumeRolloutResponse> observer) {
        Principal by = CurrentPrincipal.get();
        Unary.answer(
                observer,
                () -> {
                    UUID id = id(request.getId());
                    commands.resume(command(request.getMutation(), id, request.getReason(), by));
                    return ResumeRolloutResponse.newBuilder().setRollout(message(id, by)).build();
                });
    }

    @Override
    public void rollBackRollout(
            RollBackRolloutRequest request, StreamObserver<RollBackRolloutResponse> observer) {
        Principal by = CurrentPrincipal.get();
        Unary.answer(
                observer,
                () -> {
                    UUID id = id(request.getId());
                    commands.rollBack(command(request.getMutation(), id, request.getReason(), by));
                    return RollBackRolloutResponse.newBuilder().setRollout(message(id, by)).build();
                });
    }

    private static RolloutCommands.Command command(
            Mutation mutation, UUID id, String reason, Principal by) {
        return new RolloutCommands.Command(
                id, by, reason, mutation.getRequestId(), mutation.getExpectedRevision());
    }

    private dev.tidegate.proto.v1.Rollout message(UUID id, Principal by) {
        return RolloutProtoMapper.rollout(
                database.snapshot(handle -> views.of(handle, table.get(handle, id), by)));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw TidegateException.invalid("rollout id '" + text + "' is no UUID");
        }
    }
}
