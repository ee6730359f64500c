package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.proto.inference.DataType;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.tidegate.proto.inference.ModelConfig;
import dev.tidegate.proto.inference.ModelConfigRequest;
import dev.tidegate.proto.inference.ModelRepositoryParameter;
import dev.tidegate.proto.inference.ModelStatistics;
import dev.tidegate.proto.inference.ModelStatisticsRequest;
import dev.tidegate.proto.inference.RepositoryIndexRequest;
import dev.tidegate.proto.inference.RepositoryModelLoadRequest;
import dev.tidegate.proto.inference.RepositoryModelUnloadRequest;
import dev.tidegate.proto.inference.ServerMetadataRequest;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.RegisteredVersion;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of Triton call beside the standard. */
final class RepositoryTest {
    @TempDir private Path home;
    private InferenceServer server;
    private GRPCInferenceServiceBlockingStub admin;

    @BeforeEach
    void start() throws IOException {
        server = InferenceServer.start(home, Map.of());
        server.context.getBean(FirstKey.class).start();
        Metadata key = new Metadata();
        key.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer "
                        + Files.readString(server.context.getBean(Home.class).adminKey()).strip());
        admin = server.stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void announcesWhatIsThere() {
        assertThat(
                        server.stub()
                                .serverMetadata(ServerMetadataRequest.getDefaultInstance())
                                .getExtensionsList())
                .contains("parameters", "model_repository", "model_configuration", "statistics");
    }

    @Test
    void listsEveryVersionOrOnlyThoseInMemory() {
        server.champion(server.register("a", "1", TestGraph.plus(1)));
        server.register("a", "2", TestGraph.plus(2));
        server.register("b", "1", TestGraph.plus(3));
        assertThat(index(false))
                .containsExactly(
                        "a 1 READY ",
                        "a 2 UNAVAILABLE not in memory",
                        "b 1 UNAVAILABLE not in memory");
        assertThat(index(true)).containsExactly("a 1 READY ");
    }

    @Test
    void loadsAndUnloadsByName() {
        server.register("m", "1", TestGraph.plus(1));
        server.register("m", "2", TestGraph.plus(2));
        load("m");
        assertThat(index(true)).containsExactly("m 2 READY ");
        load("m", "tidegate_version", "1");
        assertThat(index(true)).containsExactly("m 1 READY ", "m 2 READY ");
        unload("m", "tidegate_version", "2");
        assertThat(index(true)).containsExactly("m 1 READY ");
        load("m");
        unload("m");
        assertThat(index(true)).isEmpty();
        assertThat(audited("version.loaded")).isEqualTo(3);
        assertThat(audited("version.unloaded")).isEqualTo(3);
    }

    @Test
    void loadsTheChampionFirst() {
        RegisteredVersion champion = server.register("m", "1", TestGraph.plus(1));
        server.register("m", "2", TestGraph.plus(2));
        server.champion(champion);
        load("m");
        assertThat(index(true)).containsExactly("m 1 READY ");
    }

    @Test
    void keepsAllVersionsWhenARouteNamesOneOfThem() {
        server.champion(server.register("m", "1", TestGraph.plus(1)));
        server.register("m", "2", TestGraph.plus(2));
        load("m", "tidegate_version", "2");
        assertThatThrownBy(() -> unload("m"))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("m version 1 is the champion");
        assertThat(index(true)).containsExactly("m 1 READY ", "m 2 READY ");
    }

    @Test
    void asksForAnEngineersKeyBeforeItLoadsOrUnloads() {
        server.register("m", "1", TestGraph.plus(1));
        assertThatThrownBy(
                        () ->
                                server.stub()
                                        .repositoryModelLoad(
                                                RepositoryModelLoadRequest.newBuilder()
                                                        .setModelName("m")
                                                        .build()))
                .hasMessageContaining("UNAUTHENTICATED");
        assertThatThrownBy(
                        () ->
                                server.stub()
                                        .repositoryModelUnload(
                                                RepositoryModelUnloadRequest.newBuilder()
                                                        .setModelName("m")
                                                        .build()))
                .hasMessageContaining("UNAUTHENTICATED");
        assertThat(index(true)).isEmpty();
    }

    @Test
    void refusesWhatItHasNot() {
        server.register("m", "1", TestGraph.plus(1));
        assertThatThrownBy(() -> load("none")).hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(() -> load("m", "tidegate_version", "7"))
                .hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(() -> load("m", "config", "{}"))
                .hasMessageContaining("UNIMPLEMENTED")
                .hasMessageContaining("'config'");
        assertThatThrownBy(
                        () ->
                                server.stub()
                                        .repositoryIndex(
                                                RepositoryIndexRequest.newBuilder()
                                                        .setRepositoryName("other")
                                                        .build()))
                .hasMessageContaining("UNIMPLEMENTED")
                .hasMessageContaining("'other'");
        assertThatThrownBy(() -> statistics("none", "")).hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(() -> statistics("m", "7")).hasMessageContaining("NOT_FOUND");
    }

    @Test
    void givesTheStatisticsOfAModelAVersionOrAll() {
        server.champion(server.register("m", "1", TestGraph.plus(1)));
        server.champion(server.register("n", "1", TestGraph.plus(1)));
        server.stub().modelInfer(ask("m", 1).build());
        server.stub().modelInfer(ask("m", 1).build());
        assertThat(statistics("", "")).hasSize(2);
        assertThat(statistics("n", "")).extracting(ModelStatistics::getName).containsExactly("n");
        ModelStatistics figures = statistics("m", "1").getFirst();
        assertThat(figures.getInferenceCount()).isEqualTo(2);
        assertThat(figures.getExecutionCount()).isEqualTo(2);
        assertThat(figures.getLastInference()).isPositive();
        assertThat(figures.getInferenceStats().getSuccess().getCount()).isEqualTo(2);
        assertThat(figures.getInferenceStats().getComputeInfer().getCount()).isEqualTo(2);
        assertThat(figures.getInferenceStats().getComputeInfer().getNs()).isPositive();
        assertThat(figures.getInferenceStats().getFail().getCount()).isZero();
    }

    @Test
    void describesAModelAsTritonsConfigurationDoes() {
        server.champion(server.register("m", "1", TestGraph.tabular()));
        ModelConfig config =
                server.stub()
                        .modelConfig(ModelConfigRequest.newBuilder().setName("m").build())
                        .getConfig();
        assertThat(config.getName()).isEqualTo("m");
        assertThat(config.getBackend()).isEqualTo("onnxruntime");
        assertThat(config.getMaxBatchSize()).isZero();
        assertThat(config.getInputList())
                .extracting(i -> i.getName() + i.getDataType() + i.getDimsList())
                .containsExactlyInAnyOrder(
                        "numbers" + DataType.TYPE_FP32 + List.of(-1, 2),
                        "contract" + DataType.TYPE_STRING + List.of(-1, 1));
        assertThat(config.getOutputList())
                .extracting(o -> o.getName() + o.getDataType() + o.getDimsList())
                .containsExactly(
                        "same" + DataType.TYPE_FP32 + List.of(-1, 2),
                        "kind" + DataType.TYPE_STRING + List.of(-1, 1));
        assertThat(config.getParametersOrThrow("tidegate_version").getStringValue()).isEqualTo("1");
    }

    private List<String> index(boolean ready) {
        return server
                .stub()
                .repositoryIndex(RepositoryIndexRequest.newBuilder().setReady(ready).build())
                .getModelsList()
                .stream()
                .map(
                        m ->
                                "%s %s %s %s"
                                        .formatted(
                                                m.getName(),
                                                m.getVersion(),
                                                m.getState(),
                                                m.getReason()))
                .toList();
    }

    private void load(String model, String... parameter) {
        RepositoryModelLoadRequest.Builder request =
                RepositoryModelLoadRequest.newBuilder().setModelName(model);
        if (parameter.length > 0) {
            request.putParameters(parameter[0], text(parameter[1]));
        }
        admin.repositoryModelLoad(request.build());
    }

    private void unload(String model, String... parameter) {
        RepositoryModelUnloadRequest.Builder request =
                RepositoryModelUnloadRequest.newBuilder()
                        .setModelName(model)
                        .putParameters(
                                "unload_dependents",
                                ModelRepositoryParameter.newBuilder().setBoolParam(false).build());
        if (parameter.length > 0) {
            request.putParameters(parameter[0], text(parameter[1]));
        }
        admin.repositoryModelUnload(request.build());
    }

    private static ModelRepositoryParameter text(String value) {
        return ModelRepositoryParameter.newBuilder().setStringParam(value).build();
    }

    private List<ModelStatistics> statistics(String model, String version) {
        return server.stub()
                .modelStatistics(
                        ModelStatisticsRequest.newBuilder()
                                .setName(model)
                                .setVersion(version)
                                .build())
                .getModelStatsList();
    }

    private int audited(String action) {
        return server.context
                .getBean(Database.class)
                .read(
                        handle ->
                                handle.createQuery(
                                                "select count(*) from audit_event where action = :a")
                                        .bind("a", action)
                                        .mapTo(Integer.class)
                                        .one());
    }
}
