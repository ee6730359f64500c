package dev.tidegate.workbench;

import dev.tidegate.proto.v1.FleetArm;
import dev.tidegate.proto.v1.FleetModel;
import dev.tidegate.proto.v1.FleetSecond;
import dev.tidegate.proto.v1.FleetServiceGrpc;
import dev.tidegate.proto.v1.Replica;
import dev.tidegate.proto.v1.Server;
import dev.tidegate.proto.v1.WatchFleetRequest;
import dev.tidegate.proto.v1.WatchFleetResponse;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A fleet of one model with a rollout, whose seconds a test sends. */
public final class ScriptedFleet extends FleetServiceGrpc.FleetServiceImplBase {
    public static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final List<StreamObserver<WatchFleetResponse>> watchers = new CopyOnWriteArrayList<>();
    private final RandomGenerator random = new SplittableRandom(7);
    private final int history;
    private volatile boolean waitsForApproval = true;
    private volatile List<String> problems = List.of();
    private volatile boolean withoutDatabase;
    private volatile boolean steady;

    public ScriptedFleet(int history) {
        this.history = history;
    }

    @Override
    public void watchFleet(WatchFleetRequest request, StreamObserver<WatchFleetResponse> observer) {
        WatchFleetResponse.Builder first = state(START.plusSeconds(history));
        for (int second = 0; second < history; second++) {
            addSecond(first, START.plusSeconds(second));
        }
        observer.onNext(first.build());
        watchers.add(observer);
    }

    public int watchers() {
        return watchers.size();
    }

    public void setWaitsForApproval(boolean waits) {
        waitsForApproval = waits;
    }

    /** What the server says from now on is wrong. */
    public void setProblems(String... words) {
        problems = List.of(words);
    }

    /** Sends what a server knows without its database: its models as they were, and a problem. */
    public void sendWithoutDatabase(int second) {
        withoutDatabase = true;
        problems = List.of("the database does not answer");
        WatchFleetResponse next = state(START.plusSeconds(second)).build();
        watchers.forEach(observer -> observer.onNext(next));
    }

    /** No rollout is open from now on. */
    public void setSteady() {
        steady = true;
    }

    /** Sends one more second to everybody who watches. */
    public void sendSecond(int second) {
        WatchFleetResponse.Builder next = state(START.plusSeconds(second + 1));
        addSecond(next, START.plusSeconds(second));
        watchers.forEach(observer -> observer.onNext(next.build()));
    }

    /** Ends all streams as a server does that shuts down. */
    public void endStreams() {
        watchers.forEach(StreamObserver::onCompleted);
        watchers.clear();
    }

    private WatchFleetResponse.Builder state(Instant now) {
        return WatchFleetResponse.newBuilder()
                .setServer(server(now))
                .addModels(
                        FleetModel.newBuilder()
                                .setName("churn")
                                .addArms(
                                        FleetArm.newBuilder()
                                                .setVersion("v1")
                                                .setRole("champion")
                                                .setWeight(0.75))
                                .addArms(
                                        FleetArm.newBuilder()
                                                .setVersion("v2")
                                                .setRole("candidate")
                                                .setWeight(0.25))
                                .setRollout(steady ? "" : "0198c0de-0000-7000-8000-000000000001")
                                .setRolloutState(waitsForApproval ? "AWAITING_APPROVAL" : "RUNNING")
                                .setRolloutReason(
                                        "All guardrails are safe; the promotion needs an approval")
                                .setWaitsForApproval(waitsForApproval)
                                .setWaitsForMe(waitsForApproval)
                                .setRequests(18_012)
                                .setErrors(12)
                                .setRequestsPerSecond(300.2)
                                .setP50Micros(1_240)
                                .setP95Micros(3_410)
                                .setP99Micros(7_900)
                                .setWindowSeconds(60));
    }

    private Server server(Instant now) {
        Server.Builder server =
                Server.newBuilder()
                        .setVersion("0.1.0")
                        .setNow(ScriptedServer.timestamp(now))
                        .setStartedAt(ScriptedServer.timestamp(START))
                        .addAllProblems(problems);
        if (!withoutDatabase) {
            server.setLeader("replica-a")
                    .setNewestEvidence(ScriptedServer.timestamp(now.minusSeconds(1)))
                    .addReplicas(
                            Replica.newBuilder().setId("replica-a").setLeader(true).setLive(true));
        }
        return server.build();
    }

    private void addSecond(WatchFleetResponse.Builder to, Instant at) {
        to.addSeconds(second(at, "v1", 225, 0.001, 3300));
        to.addSeconds(second(at, "v2", 75, 0.002, 4100));
    }

    private FleetSecond second(Instant at, String version, int rate, double errors, int p95) {
        long requests = (long) rate + random.nextInt(-15, 16);
        long failed = 0;
        for (int i = 0; i < requests; i++) {
            failed += random.nextDouble() < errors ? 1 : 0;
        }
        return FleetSecond.newBuilder()
                .setAt(ScriptedServer.timestamp(at))
                .setModel("churn")
                .setVersion(version)
                .setRequests(requests)
                .setErrors(failed)
                .setP95Micros(p95 + random.nextInt(-400, 400))
                .build();
    }
}
