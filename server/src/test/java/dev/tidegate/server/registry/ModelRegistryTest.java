package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tidegate.server.TestContext;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.identity.Role;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.routing.NewRoute;
import dev.tidegate.server.routing.RouteReader;
import dev.tidegate.server.routing.RouteWriter;
import dev.tidegate.server.routing.Salt;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelRegistryTest {
    private static final Principal ENGINEER = new Principal("k1", "eva", Set.of(Role.ENGINEER));

    @TempDir private Path home;
    private ApplicationContext context;
    private ModelRegistry registry;
    private VersionRegistration registration;
    private ArtifactStore artifacts;

    @BeforeEach
    void start() {
        context = TestContext.start(home);
        registry = context.getBean(ModelRegistry.class);
        registration = context.getBean(VersionRegistration.class);
        artifacts = context.getBean(ArtifactStore.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void derivesTheSignatureFromTheGraph() {
        RegisteredVersion version = register("m", "1", TestGraph.add(2));
        assertThat(version.state()).isEqualTo(VersionState.VALIDATED);
        assertThat(version.signature().inputs())
                .extracting(TensorSpec::name, spec -> spec.datatype().name(), TensorSpec::shape)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "FP32", List.of(-1L, 2L)),
                        org.assertj.core.groups.Tuple.tuple("b", "FP32", List.of(-1L, 2L)));
        assertThat(version.signature().columns())
                .extracting(Column::kind)
                .containsOnly(ColumnKind.TENSOR);
        assertThat(version.registeredBy()).isEqualTo("eva");
        assertThat(registry.find("m", "1")).contains(version);
    }

    @Test
    void keepsTheArtifactUnderItsDigest() throws IOException {
        byte[] model = TestGraph.plus(1);
        RegisteredVersion version = register("m", "1", model);
        assertThat(Files.readAllBytes(artifacts.verified(version.digest()))).isEqualTo(model);
        assertThat(version.bytes()).isEqualTo(model.length);
    }

    @Test
    void noticesADamagedArtifact() throws IOException {
        RegisteredVersion version = register("m", "1", TestGraph.plus(1));
        Files.writeString(artifacts.verified(version.digest()), "else");
        assertThatThrownBy(() -> artifacts.verified(version.digest()))
                .hasMessageContaining("is damaged");
    }

    @Test
    void leavesNothingBehindOfABrokenFile() throws IOException {
        refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> register("m", "1", new byte[] {1, 2}),
                "parsing failed");
        refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> register("m", "1", TestGraph.unknownOperator()),
                "Frobnicate");
        refused(ErrorCode.INVALID_ARGUMENT, () -> register("m", "1", new byte[0]), "is empty");
        assertThat(registry.list()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNoArtifactOfARefusedRow() throws IOException {
        RegisteredVersion first = register("m", "1", TestGraph.plus(1));
        refused(
                ErrorCode.ALREADY_EXISTS,
                () -> register("m", "1", TestGraph.plus(2)),
                first.digest());
        assertThat(files()).hasSize(1);
    }

    @Test
    void tellsTheFirstFailureWhenTheArtifactCannotBeTakenBackEither() {
        Database database = context.getBean(Database.class);
        IllegalStateException first = new IllegalStateException("first");
        try (ArtifactUpload upload = artifacts.begin()) {
            upload.write(TestGraph.plus(1));
            assertThatThrownBy(
                            () ->
                                    registration.register(
                                            version("", "m", "1", ""),
                                            upload,
                                            ENGINEER,
                                            (tx, registered) -> {
                                                database.close();
                                                throw first;
                                            }))
                    .isSameAs(first);
        }
        assertThat(first.getSuppressed()).isNotEmpty();
    }

    @Test
    void givesTheSameAnswerToTheSameArtifact() {
        RegisteredVersion first = register("m", "1", TestGraph.plus(1));
        assertThat(register("m", "1", TestGraph.plus(1))).isEqualTo(first);
        assertThat(auditEvents("version.registered")).isEqualTo(1);
    }

    @Test
    void pointsTheMissingAliasesWhenTheSameArtifactComesAgain() {
        RegisteredVersion first =
                register(
                        new NewVersion("", 0, "m", "1", List.of("best"), "", ""),
                        TestGraph.plus(1));
        NewVersion again = new NewVersion("", 0, "m", "1", List.of("champion", "best"), "", "");
        assertThat(register(again, TestGraph.plus(1)).aliases())
                .containsExactly("best", "champion");
        long revision = registry.model("m").revision();
        register(again, TestGraph.plus(1));
        register("m", "1", TestGraph.plus(1));
        assertThat(registry.model("m").revision()).isEqualTo(revision);
        assertThat(routedTo(first.modelId())).isEqualTo(first.id());
        assertThat(auditEvents("alias.set")).isEqualTo(2);
        assertThat(auditEvents("version.registered")).isEqualTo(1);
    }

    @Test
    void pointsNoAliasAgainAtAModelThatChangedSinceItWasSeen() {
        register("m", "1", TestGraph.plus(1));
        refused(
                ErrorCode.CONFLICT,
                () ->
                        register(
                                new NewVersion("", 99, "m", "1", List.of("best"), "", ""),
                                TestGraph.plus(1)),
                "expected 99");
    }

    @Test
    void refusesAnotherSignatureForTheSameArtifact() {
        String signature =
                """
                {"columns": [{"name": "c", "kind": "number", "input": "x", "index": 0, "nullable": %s}],
                 "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 1]}],
                 "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1, 1]}]}
                """;
        RegisteredVersion first =
                register(version("", "m", "1", signature.formatted("true")), TestGraph.plus(1));
        refused(
                ErrorCode.ALREADY_EXISTS,
                () ->
                        register(
                                version("", "m", "1", signature.formatted("false")),
                                TestGraph.plus(1)),
                "another signature: column 'c' is Column[name=c");
        assertThat(register(version("", "m", "1", signature.formatted("true")), TestGraph.plus(1)))
                .isEqualTo(first);
        assertThat(register("m", "1", TestGraph.plus(1))).isEqualTo(first);
        assertThat(registry.version("m", "1").signature()).isEqualTo(first.signature());
    }

    @Test
    void refusesARequestIdThatCameWithOtherAliases() {
        register(version("r-1", "m", "1", ""), TestGraph.plus(1));
        refused(
                ErrorCode.CONFLICT,
                () ->
                        register(
                                new NewVersion("r-1", 0, "m", "1", List.of("best"), "", ""),
                                TestGraph.plus(1)),
                "'r-1' came before");
    }

    @Test
    void givesTheFirstAnswerToARepeatedRequest() {
        NewVersion unnumbered = version("request-7", "m", "", "");
        RegisteredVersion first = register(unnumbered, TestGraph.plus(1));
        assertThat(register(unnumbered, TestGraph.plus(1))).isEqualTo(first);
        assertThat(registry.model("m").versions()).hasSize(1);
    }

    @Test
    void numbersVersionsThatHaveNoName() {
        register("m", "7", TestGraph.plus(1));
        register("m", "beta", TestGraph.plus(2));
        assertThat(register("m", "", TestGraph.plus(3)).version()).isEqualTo("8");
    }

    @Test
    void registersBesideEachOther() {
        List<CompletableFuture<RegisteredVersion>> all =
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> register("m", "", TestGraph.plus(i))))
                        .toList();
        assertThat(all.stream().map(CompletableFuture::join).map(RegisteredVersion::version))
                .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void refusesASignatureThatTheGraphDoesNotKeep() {
        String inputs = "\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":%s}],";
        String outputs = "\"outputs\":[{\"name\":\"%s\",\"datatype\":\"FP32\",\"shape\":[-1,1]}]}";
        refusedSignature(
                "{\"columns\":[]," + inputs.formatted("FP64", "[-1,1]") + outputs.formatted("y"),
                "FP64");
        refusedSignature(
                "{\"columns\":[]," + inputs.formatted("FP32", "[-1,3]") + outputs.formatted("y"),
                "[-1, 3]");
        refusedSignature(
                "{\"columns\":[]," + inputs.formatted("FP32", "[-1,1]") + outputs.formatted("z"),
                "'z'");
        refusedSignature(
                "{\"columns\":[],\"inputs\":[]," + outputs.formatted("y"), "'x' is missing");
        refusedSignature("{\"columns\":[]", "no JSON");
        String column =
                "{\"columns\":[{\"name\":\"c\",\"kind\":\"category\",\"input\":\"x\",\"index\":%d,\"allowed\":[\"%s\"]}],";
        refusedSignature(
                column.formatted(4, "1")
                        + inputs.formatted("FP32", "[-1,1]")
                        + outputs.formatted("y"),
                "index 4");
        refusedSignature(
                column.formatted(0, "red")
                        + inputs.formatted("FP32", "[-1,1]")
                        + outputs.formatted("y"),
                "'red' is no number");
    }

    @Test
    void refusesNamesThatNoPathOrCommandLineCouldCarry() {
        refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> register("../m", "1", TestGraph.plus(1)),
                "'../m'");
        refused(ErrorCode.INVALID_ARGUMENT, () -> register("m", "a b", TestGraph.plus(1)), "'a b'");
    }

    @Test
    void namesWhatIsKnownWhenAskedForTheUnknown() {
        register("churn", "1", TestGraph.plus(1));
        refused(ErrorCode.NOT_FOUND, () -> registry.model("chrun"), "known: churn");
        refused(ErrorCode.NOT_FOUND, () -> registry.version("churn", "2"), "known: 1");
    }

    @Test
    void routesAllTrafficToANewChampion() {
        RegisteredVersion first =
                register(
                        new NewVersion("", 0, "m", "1", List.of("champion", "best"), "", ""),
                        TestGraph.plus(1));
        RegisteredVersion second = register("m", "2", TestGraph.plus(2));
        assertThat(routedTo(first.modelId())).isEqualTo(first.id());
        assertThat(first.state()).isEqualTo(VersionState.LIVE);
        assertThat(first.aliases()).containsExactly("best", "champion");

        registry.assignAlias("", 0, "m", "champion", "2", ENGINEER);

        assertThat(routedTo(first.modelId())).isEqualTo(second.id());
        assertThat(registry.champion("m").map(RegisteredVersion::id)).contains(second.id());
        assertThat(registry.version("m", "1").state()).isEqualTo(VersionState.STAGED);
        assertThat(registry.version("m", "2").state()).isEqualTo(VersionState.LIVE);
        assertThat(auditEvents("alias.set")).isEqualTo(3);
        assertThat(auditEvents("version.live")).isEqualTo(2);
        assertThat(auditEvents("version.staged")).isEqualTo(1);
    }

    @Test
    void keepsTheChampionWhileARolloutHasTheRoute() {
        RegisteredVersion first =
                register(
                        new NewVersion("", 0, "m", "1", List.of("champion"), "", ""),
                        TestGraph.plus(1));
        RegisteredVersion second = register("m", "2", TestGraph.plus(2));
        UUID rollout = UUID.randomUUID();
        context.getBean(Database.class)
                .transaction(
                        tx ->
                                context.getBean(RouteWriter.class)
                                        .write(
                                                tx,
                                                new NewRoute(
                                                        first.modelId(),
                                                        first.id(),
                                                        Optional.of(second.id()),
                                                        0.05,
                                                        new Salt(1, 2),
                                                        Optional.of(rollout),
                                                        List.of()),
                                                "eva"));
        refused(
                ErrorCode.PRECONDITION,
                () -> registry.assignAlias("", 0, "m", "champion", "2", ENGINEER),
                rollout.toString());
        assertThat(registry.champion("m").map(RegisteredVersion::id)).contains(first.id());
        assertThat(registry.assignAlias("", 0, "m", "challenger", "2", ENGINEER).versions())
                .extracting(RegisteredVersion::aliases)
                .containsExactly(List.of("champion"), List.of("challenger"));
    }

    @Test
    void refusesAnAliasOnAModelThatChangedSinceItWasSeen() {
        register("m", "1", TestGraph.plus(1));
        long revision = registry.model("m").revision();
        registry.assignAlias("", revision, "m", "best", "1", ENGINEER);
        refused(
                ErrorCode.CONFLICT,
                () -> registry.assignAlias("", revision, "m", "worst", "1", ENGINEER),
                "expected " + revision);
    }

    @Test
    void repeatsNoAliasThatWasMovedOnSince() {
        register("m", "1", TestGraph.plus(1));
        register("m", "2", TestGraph.plus(2));
        registry.assignAlias("r1", 0, "m", "best", "1", ENGINEER);
        registry.assignAlias("r2", 0, "m", "best", "2", ENGINEER);
        registry.assignAlias("r1", 0, "m", "best", "1", ENGINEER);
        assertThat(registry.alias("m", "best").map(RegisteredVersion::version)).contains("2");
    }

    @Test
    void keepsStringsAndLineageAsTheyCame() {
        RegisteredVersion version =
                register(
                        new NewVersion("", 0, "m", "1", List.of(), "", "{\"run\": \"r-1\"}"),
                        TestGraph.identity(DataType.STRING, "N", 1));
        assertThat(version.lineage()).contains("r-1");
        assertThat(version.signature().inputs().getFirst().datatype().name()).isEqualTo("BYTES");
    }

    private long routedTo(long modelId) {
        return context.getBean(Database.class)
                .read(handle -> context.getBean(RouteReader.class).current(handle, modelId))
                .orElseThrow()
                .championId();
    }

    private void refusedSignature(String json, String message) {
        refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> register(version("", "m", "1", json), TestGraph.plus(1)),
                message);
        assertThat(registry.list()).isEmpty();
    }

    private static void refused(ErrorCode code, ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TidegateException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static NewVersion version(
            String request, String model, String version, String signature) {
        return new NewVersion(request, 0, model, version, List.of(), signature, "");
    }

    private RegisteredVersion register(String model, String version, byte[] artifact) {
        return register(version("", model, version, ""), artifact);
    }

    private RegisteredVersion register(NewVersion version, byte[] artifact) {
        try (ArtifactUpload upload = artifacts.begin()) {
            upload.write(artifact);
            return registration.register(version, upload, ENGINEER);
        }
    }

    private long auditEvents(String action) {
        return context.getBean(Database.class)
                .read(
                        handle ->
                                handle.createQuery(
                                                "select count(*) from audit_event where action = :action")
                                        .bind("action", action)
                                        .mapTo(Long.class)
                                        .one());
    }

    private List<Path> files() throws IOException {
        Path directory = home.resolve("artifacts");
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
