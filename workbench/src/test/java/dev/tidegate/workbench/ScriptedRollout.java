package dev.tidegate.workbench;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.tidegate.proto.v1.Action;
import dev.tidegate.proto.v1.ApproveRolloutRequest;
import dev.tidegate.proto.v1.ApproveRolloutResponse;
import dev.tidegate.proto.v1.Estimate;
import dev.tidegate.proto.v1.EvidencePoint;
import dev.tidegate.proto.v1.EvidenceSnapshot;
import dev.tidegate.proto.v1.GuardrailPoint;
import dev.tidegate.proto.v1.GuardrailReading;
import dev.tidegate.proto.v1.HoldRolloutRequest;
import dev.tidegate.proto.v1.HoldRolloutResponse;
import dev.tidegate.proto.v1.ListRolloutsRequest;
import dev.tidegate.proto.v1.ListRolloutsResponse;
import dev.tidegate.proto.v1.Mark;
import dev.tidegate.proto.v1.Plan;
import dev.tidegate.proto.v1.PlanGuardrail;
import dev.tidegate.proto.v1.PlanStep;
import dev.tidegate.proto.v1.RollBackRolloutRequest;
import dev.tidegate.proto.v1.RollBackRolloutResponse;
import dev.tidegate.proto.v1.Rollout;
import dev.tidegate.proto.v1.RolloutServiceGrpc;
import dev.tidegate.proto.v1.SplitReading;
import dev.tidegate.proto.v1.WatchRolloutRequest;
import dev.tidegate.proto.v1.WatchRolloutResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A rollout of churn v2 that waits for the approval of its promotion, as a server would send it.
 */
public final class ScriptedRollout extends RolloutServiceGrpc.RolloutServiceImplBase {
    public static final String ID = "0198c0de-0000-7000-8000-000000000001";
    private static final Instant START = ScriptedFleet.START;

    private final List<StreamObserver<WatchRolloutResponse>> watchers =
            new CopyOnWriteArrayList<>();
    private final List<ApproveRolloutRequest> approvals = new CopyOnWriteArrayList<>();
    private final List<RollBackRolloutRequest> rollBacks = new CopyOnWriteArrayList<>();
    private final int seconds;
    private volatile String state;
    private volatile String errorsVerdict = "SAFE";
    private volatile String errorsReason = "upper bound 0.0071 against tolerance 0.01";
    private final AtomicLong position = new AtomicLong();
    private volatile boolean conflict;
    private volatile boolean unread;
    private volatile boolean leavesHoldsOpen;
    private final List<HoldRolloutRequest> holds = new CopyOnWriteArrayList<>();

    public ScriptedRollout(int seconds, String state) {
        this.seconds = seconds;
        this.state = state;
        position.set(seconds);
    }

    public List<ApproveRolloutRequest> approvals() {
        return approvals;
    }

    public List<RollBackRolloutRequest> rollBacks() {
        return rollBacks;
    }

    public int watchers() {
        return watchers.size();
    }

    public List<HoldRolloutRequest> holds() {
        return holds;
    }

    /** The next holds are neither done nor answered. */
    public void leaveHoldsOpen() {
        leavesHoldsOpen = true;
    }

    /** The next approvals are refused as those of stale evidence are. */
    public void refuseApprovals() {
        conflict = true;
    }

    /** From now on no guardrail has a reading, as in the first second of a step. */
    public void readNothing() {
        unread = true;
    }

    /** The gate gives this reason for the verdict on errors from now on. */
    public void say(String reason) {
        errorsReason = reason;
    }

    /** Sends the next fold position, with this verdict on errors. */
    public void send(String verdict) {
        errorsVerdict = verdict;
        position.incrementAndGet();
        WatchRolloutResponse next = WatchRolloutResponse.newBuilder().setRollout(rollout()).build();
        watchers.forEach(observer -> observer.onNext(next));
    }

    @Override
    public void watchRollout(
            WatchRolloutRequest request, StreamObserver<WatchRolloutResponse> observer) {
        if (!request.getId().equals(ID)) {
            observer.onError(
                    Status.NOT_FOUND
                            .withDescription("No rollout " + request.getId())
                            .asRuntimeException());
            return;
        }
        WatchRolloutResponse.Builder first =
                WatchRolloutResponse.newBuilder().setRollout(rollout());
        RandomGenerator random = new SplittableRandom(3);
        double errors = 0;
        double slow = 0;
        for (int second = 2; second < seconds; second++) {
            long units = second * 15L;
            errors += random.nextGaussian() * 0.00012;
            slow += random.nextGaussian() * 0.00025;
            double width = 0.256 / Math.sqrt((double) units) + Math.log((double) units) / units;
            first.addPoints(
                    EvidencePoint.newBuilder()
                            .setAt(at(second))
                            .setFoldPosition(second)
                            .setWeight(weight(second))
                            .setCandidateUnits(units)
                            .setSplitSeen(
                                    weight(second)
                                            + random.nextGaussian()
                                                    * 0.2
                                                    / Math.sqrt((double) units))
                            .addGuardrails(
                                    point(
                                            "errors",
                                            errors + 0.001,
                                            width,
                                            -0.9 + 0.4 * Math.sin(second / 30.0)))
                            .addGuardrails(
                                    point(
                                            "slow p95",
                                            slow,
                                            1.6 * width,
                                            -1.5 + 0.8 * Math.sin(second / 50.0))));
        }
        observer.onNext(first.build());
        watchers.add(observer);
    }

    private static double weight(int second) {
        return second < 60 ? 0.05 : second < 150 ? 0.25 : 0.5;
    }

    private static GuardrailPoint point(String name, double difference, double width, double logE) {
        return GuardrailPoint.newBuilder()
                .setName(name)
                .setDifference(difference)
                .setLow(difference - width)
                .setHigh(difference + width)
                .setLogEValue(logE)
                .build();
    }

    private static Timestamp at(long second) {
        return ScriptedServer.timestamp(START.plusSeconds(second));
    }

    private static Duration duration(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    /** The rollout as it is now. */
    public Rollout now() {
        return rollout();
    }

    private Rollout rollout() {
        return unread ? whole().toBuilder().clearGuardrails().build() : whole();
    }

    private Rollout whole() {
        boolean waits = state.equals("AWAITING_APPROVAL");
        return Rollout.newBuilder()
                .setId(ID)
                .setModel("churn")
                .setChampion("v1")
                .setCandidate("v2")
                .setState(state)
                .setStep(2)
                .setWeight(0.5)
                .setPlan(plan())
                .addGuardrails(
                        reading(
                                        "errors",
                                        errorsVerdict,
                                        0.0004,
                                        0.0013,
                                        0.0009,
                                        0.0071,
                                        0.01,
                                        0.018)
                                .setReason(errorsReason))
                .addGuardrails(
                        reading(
                                        "slow p95",
                                        waits ? "SAFE" : "KEEP_COLLECTING",
                                        0.0503,
                                        0.0481,
                                        -0.0022,
                                        0.0139,
                                        0.02,
                                        0.012)
                                .setChampionThreshold(Duration.newBuilder().setNanos(3_400_000))
                                .setCandidateThreshold(Duration.newBuilder().setNanos(23_400_000)))
                .setSplit(
                        SplitReading.newBuilder()
                                .setAsked(0.5)
                                .setSeen(estimate(0.497, 0.488, 0.506, 8_214, "Beta mixture"))
                                .setAlpha(0.001)
                                .setVerdict("SAFE"))
                .setHarm(estimate(2.4, 0, 9.7, 4_102, "difference of rates × candidate's requests"))
                .setSnapshot(
                        EvidenceSnapshot.newBuilder()
                                .setFoldPosition(position.get())
                                .setDigest(
                                        "9f2c41d07be85a3368a1c4dd0a57c9f1e2b0846f7d3395ac11e0b8f4c6d2a975")
                                .setPlanDigest(
                                        "51b8e0c97fa2164d83e6b2950cc7d4418a0f96e35bd12c7780e4a39f6d5518be")
                                .setStep(2)
                                .addVerdicts("errors=" + errorsVerdict)
                                .addVerdicts("slow p95=SAFE")
                                .setAt(at(position.get())))
                .setRevision(9)
                .setStartedBy("demo-engineer")
                .setStartedAt(at(0))
                .setStepEnteredAt(at(150))
                .setReason(
                        waits
                                ? "All guardrails are safe; the promotion needs an approval"
                                : "Collecting evidence at 50 %")
                .setWaitingFor(waits ? "approval" : "evidence")
                .setStepUnits(4_102)
                .setAsOf(at(position.get()))
                .addActions(action("approve", waits, "Not every guardrail is safe"))
                .addActions(action("hold", !state.equals("ROLLED_BACK"), "The rollout is over"))
                .addActions(action("resume", false, "Not on hold"))
                .addActions(
                        action("roll_back", !state.equals("ROLLED_BACK"), "The rollout is over"))
                .addMarks(mark(2, "step", "5 %"))
                .addMarks(mark(60, "step", "25 %"))
                .addMarks(mark(150, "step", "50 %"))
                .build();
    }

    private static Action action(String name, boolean allowed, String reason) {
        return Action.newBuilder()
                .setName(name)
                .setAllowed(allowed)
                .setReason(allowed ? "" : reason)
                .build();
    }

    private static Mark mark(long second, String kind, String label) {
        return Mark.newBuilder().setAt(at(second)).setKind(kind).setLabel(label).build();
    }

    private static Plan plan() {
        return Plan.newBuilder()
                .setName("demo")
                .setDigest("51b8e0c97fa2164d83e6b2950cc7d4418a0f96e35bd12c7780e4a39f6d5518be")
                .addSteps(step(0.05, false))
                .addSteps(step(0.25, false))
                .addSteps(step(0.5, false))
                .addSteps(PlanStep.newBuilder().setWeight(1).setApproval(true).setPromote(true))
                .addGuardrails(
                        PlanGuardrail.newBuilder()
                                .setName("errors")
                                .setMetric("errors")
                                .setTolerance(0.01))
                .addGuardrails(
                        PlanGuardrail.newBuilder()
                                .setName("slow p95")
                                .setMetric("slow")
                                .setQuantile(0.95)
                                .setMargin(Duration.newBuilder().setNanos(20_000_000))
                                .setTolerance(0.02))
                .setAlpha(0.05)
                .setBeta(0.05)
                .build();
    }

    private static PlanStep step(double weight, boolean approval) {
        return PlanStep.newBuilder()
                .setWeight(weight)
                .setMinimumTime(duration(10))
                .setMinimumUnits(200)
                .setApproval(approval)
                .build();
    }

    private static GuardrailReading.Builder reading(
            String name,
            String verdict,
            double champion,
            double candidate,
            double difference,
            double high,
            double tolerance,
            double alpha) {
        GuardrailReading.Builder reading =
                GuardrailReading.newBuilder()
                        .setName(name)
                        .setVerdict(verdict)
                        .setReason("upper bound " + high + " against tolerance " + tolerance)
                        .setChampion(
                                estimate(champion, 0, 2 * champion, 4_112, "confidence sequence"))
                        .setCandidate(
                                estimate(candidate, 0, 2 * candidate, 4_102, "confidence sequence"))
                        .setDifference(
                                estimate(
                                        difference,
                                        difference - (high - difference),
                                        high,
                                        8_214,
                                        "confidence sequence"))
                        .setTolerance(tolerance)
                        .setLogEValue(-0.9)
                        .setAlpha(alpha)
                        .setChampionEvents(2)
                        .setCandidateEvents(5);
        return verdict.equals("KEEP_COLLECTING")
                ? reading.setNeeded(1_240).setEtaSeconds(240)
                : reading;
    }

    private static Estimate estimate(double value, double low, double high, long n, String method) {
        return Estimate.newBuilder()
                .setValue(value)
                .setLow(low)
                .setHigh(high)
                .setConfidence(0.95)
                .setN(n)
                .setWindow(duration(280))
                .setMethod(method)
                .build();
    }

    @Override
    public void listRollouts(
            ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> observer) {
        observer.onNext(ListRolloutsResponse.newBuilder().addRollouts(rollout()).build());
        observer.onCompleted();
    }

    @Override
    public void approveRollout(
            ApproveRolloutRequest request, StreamObserver<ApproveRolloutResponse> observer) {
        approvals.add(request);
        if (conflict) {
            observer.onError(
                    Status.FAILED_PRECONDITION
                            .withDescription("errors was SAFE and is KEEP_COLLECTING")
                            .asRuntimeException());
            return;
        }
        state = "PROMOTED";
        observer.onNext(ApproveRolloutResponse.newBuilder().setRollout(rollout()).build());
        observer.onCompleted();
    }

    @Override
    public void holdRollout(
            HoldRolloutRequest request, StreamObserver<HoldRolloutResponse> observer) {
        holds.add(request);
        if (leavesHoldsOpen) {
            return;
        }
        state = "HOLDING";
        observer.onNext(HoldRolloutResponse.newBuilder().setRollout(rollout()).build());
        observer.onCompleted();
    }

    @Override
    public void rollBackRollout(
            RollBackRolloutRequest request, StreamObserver<RollBackRolloutResponse> observer) {
        rollBacks.add(request);
        state = "ROLLED_BACK";
        observer.onNext(RollBackRolloutResponse.newBuilder().setRollout(rollout()).build());
        observer.onCompleted();
    }
}
