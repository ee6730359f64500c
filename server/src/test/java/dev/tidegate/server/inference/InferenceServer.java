package dev.tidegate.server.inference;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.TestContext;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.identity.Role;
import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalBudget;
import dev.tidegate.server.journal.JournalOffset;
import dev.tidegate.server.journal.JournalRecord;
import dev.tidegate.server.platform.grpc.GrpcEdge;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.http.HttpEdge;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import dev.tidegate.server.registry.ArtifactStore;
import dev.tidegate.server.registry.ArtifactUpload;
import dev.tidegate.server.registry.NewVersion;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.RemotePlace;
import dev.tidegate.server.registry.VersionRegistration;
import dev.tidegate.server.routing.NewRoute;
import dev.tidegate.server.routing.ReplicaLease;
import dev.tidegate.server.routing.RouteSnapshot;
import dev.tidegate.server.routing.RouteWriter;
import dev.tidegate.server.routing.RoutingTable;
import dev.tidegate.server.routing.Salt;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Serving from the gRPC edge to the journal, over a real PostgreSQL, for tests. */
public final class InferenceServer implements AutoCloseable {
    public static final Principal ENGINEER = new Principal("k1", "eva", Set.of(Role.ENGINEER));

    public final ApplicationContext context;
    final ManagedChannel channel;
    private final GrpcEdge edge;
    private final HttpEdge http;
    private final int httpPort;
    private final int grpcPort;
    private final StorageLocation database;

    private InferenceServer(Path home, StorageLocation database, Map<String, Object> settings) {
        this.database = database;
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("tidegate.http.linger", "0s");
        context = TestContext.start(home, database, all);
        context.getBean(ReplicaLease.class).start();
        edge = context.getBean(GrpcEdge.class);
        grpcPort = edge.start(0);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
        http = context.getBean(HttpEdge.class);
        httpPort = http.start(0);
    }

    public static InferenceServer start(Path home, Map<String, Object> settings) {
        return new InferenceServer(home, TestDatabase.createEmpty(), settings);
    }

    /** Starts another replica on the same database, with a home of its own. */
    InferenceServer beside(Path home, Map<String, Object> settings) {
        return new InferenceServer(home, database, settings);
    }

    public GRPCInferenceServiceBlockingStub stub() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    public int grpcPort() {
        return grpcPort;
    }

    /** Returns an address on the HTTP port. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    GrpcEdge edge() {
        return edge;
    }

    public RegisteredVersion register(String model, String version, byte[] graph) {
        return register(model, version, graph, "");
    }

    public RegisteredVersion register(
            String model, String version, byte[] graph, String signature) {
        try (ArtifactUpload upload = context.getBean(ArtifactStore.class).begin()) {
            upload.write(graph);
            return context.getBean(VersionRegistration.class)
                    .register(
                            new NewVersion("", 0, model, version, List.of(), signature, ""),
                            upload,
                            ENGINEER);
        }
    }

    /** Returns where the version's file lies. */
    Path artifact(RegisteredVersion version) {
        return context.getBean(Home.class)
                .artifacts()
                .resolve("sha256")
                .resolve(version.digest().substring(0, 2))
                .resolve(version.digest().substring(2));
    }

    /** Registers what another server runs. */
    public RegisteredVersion register(
            String model, String version, RemotePlace place, String signature) {
        return context.getBean(VersionRegistration.class)
                .register(
                        new NewVersion("", 0, model, version, List.of(), signature, ""),
                        place,
                        ENGINEER);
    }

    /** Gives all traffic to a version, and waits until this replica does so. */
    public void champion(RegisteredVersion version) {
        route(NewRoute.championAlone(version.modelId(), version.id(), new Salt(1, 2)));
    }

    /** Gives a share of the units to a candidate, and waits until this replica does so. */
    public long canary(RegisteredVersion champion, RegisteredVersion candidate, double weight) {
        return route(
                new NewRoute(
                        champion.modelId(),
                        champion.id(),
                        Optional.of(candidate.id()),
                        weight,
                        new Salt(3, 4),
                        Optional.of(UUID.randomUUID()),
                        List.of()));
    }

    private long route(NewRoute route) {
        long epoch =
                context.getBean(Database.class)
                        .transaction(
                                tx ->
                                        context.getBean(RouteWriter.class)
                                                .write(tx, route, ENGINEER.name()));
        context.getBean(ReplicaLease.class).wake();
        Awaitility.await()
                .until(
                        () ->
                                context.getBean(RoutingTable.class)
                                                .of(route.modelId())
                                                .map(RouteSnapshot::epoch)
                                                .orElse(0L)
                                        >= epoch);
        return epoch;
    }

    /** Returns all events so far. */
    public List<ArmEvent> events() {
        List<ArmEvent> events = new ArrayList<>();
        context.getBean(Journal.class)
                .reader()
                .read(JournalOffset.START, JournalBudget.ALL, record -> events.add(event(record)));
        return events;
    }

    private static ArmEvent event(JournalRecord record) {
        return new ArmEvent(
                record.predictionId(),
                record.timeMicros(),
                record.routeEpoch(),
                record.modelId(),
                record.routedVersionId(),
                record.answeredVersionId(),
                record.arm(),
                record.reason(),
                record.inEvidence(),
                record.unitHash(),
                record.outcome(),
                record.totalMicros(),
                record.queueMicros(),
                record.computeMicros(),
                record.clientId(),
                record.error(),
                record.request(),
                record.response(),
                record.trace());
    }

    /** Returns a raw request for one FP32 input x of shape [1, 1]. */
    public static ModelInferRequest.Builder ask(String model, float x) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(1))
                .addRawInputContents(raw(x));
    }

    /** Returns a typed request for one FP32 input x of shape [1, 1]. */
    static ModelInferRequest.Builder askTyped(String model, float x) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(1)
                                .setContents(InferTensorContents.newBuilder().addFp32Contents(x)));
    }

    static ByteString raw(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return ByteString.copyFrom(bytes.flip());
    }

    public static List<Float> floats(ModelInferResponse response) {
        ByteBuffer bytes =
                response.getRawOutputContents(0)
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN);
        List<Float> values = new ArrayList<>();
        while (bytes.hasRemaining()) {
            values.add(bytes.getFloat());
        }
        return values;
    }

    public static String parameter(ModelInferResponse response, String name) {
        return response.getParametersOrDefault(name, InferParameter.getDefaultInstance())
                .getStringParam();
    }

    public static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        http.close();
        edge.close();
        context.close();
    }
}
