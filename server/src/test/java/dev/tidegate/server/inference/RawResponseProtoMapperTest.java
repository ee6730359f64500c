package dev.tidegate.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RawResponseProtoMapperTest {
    private static final Tensor[] OUTPUTS = {
        new StringTensor(new long[] {2, 1}, new String[] {"é", ""}),
        new NumericTensor(
                DataType.FP32,
                new long[] {1, 2},
                ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8})),
    };

    @TempDir private Path home;
    private InferenceServer server;
    private LoadedVersion version;

    @BeforeEach
    void start() {
        server = InferenceServer.start(home, Map.of());
        RegisteredVersion registered = server.register("m", "v-1", TestGraph.tabular());
        server.champion(registered);
        version =
                Objects.requireNonNull(
                        server.context.getBean(LoadedVersions.class).acquire(registered.id()));
    }

    @AfterEach
    void stop() {
        version.release();
        server.close();
    }

    @Test
    void writesWhatAnAnswerHas() throws InvalidProtocolBufferException {
        ModelInferResponse response = answer(5, Arm.CANDIDATE, RouteReason.CANDIDATE, "ü-7");
        assertThat(response.getModelName()).isEqualTo("m");
        assertThat(response.getModelVersion()).isEqualTo("v-1");
        assertThat(response.getId()).isEqualTo("ü-7");
        assertThat(response.getOutputsList())
                .containsExactly(
                        InferOutputTensor.newBuilder()
                                .setName("kind")
                                .setDatatype("BYTES")
                                .addShape(2)
                                .addShape(1)
                                .build(),
                        InferOutputTensor.newBuilder()
                                .setName("same")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(2)
                                .build());
        assertThat(response.getRawOutputContents(0).toByteArray())
                .containsExactly(2, 0, 0, 0, 0xC3, 0xA9, 0, 0, 0, 0);
        assertThat(response.getRawOutputContents(1).toByteArray())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void tellsEachAnswersOwnArmReasonEpochAndId() throws InvalidProtocolBufferException {
        answer(5, Arm.CANDIDATE, RouteReason.CANDIDATE, "");
        ModelInferResponse champion = answer(5, Arm.CANDIDATE, RouteReason.FAILOVER, "");
        assertThat(parameter(champion, "tidegate_reason")).isEqualTo("failover");
        assertThat(parameter(champion, "tidegate_arm")).isEqualTo("candidate");
        ModelInferResponse later = answer(6, Arm.CHAMPION, RouteReason.FAILOVER, "");
        assertThat(parameter(later, "tidegate_arm")).isEqualTo("champion");
        assertThat(later.getParametersOrThrow("tidegate_epoch").getInt64Param()).isEqualTo(6);
        assertThat(parameter(later, "tidegate_prediction_id")).isEqualTo(new UUID(6, 7).toString());
        ModelInferResponse pinned = answer(6, Arm.CHAMPION, RouteReason.PINNED, "");
        assertThat(pinned.getParametersMap())
                .containsOnlyKeys("tidegate_version", "tidegate_reason", "tidegate_prediction_id");
        assertThat(pinned.getId()).isEmpty();
    }

    private static String parameter(ModelInferResponse response, String name) {
        return response.getParametersOrThrow(name).getStringParam();
    }

    private ModelInferResponse answer(long epoch, Arm arm, RouteReason reason, String clientId)
            throws InvalidProtocolBufferException {
        Prediction prediction =
                new Prediction(
                        new UUID(epoch, 7),
                        clientId,
                        Instant.EPOCH,
                        0,
                        0,
                        0,
                        1,
                        epoch,
                        1,
                        1,
                        arm,
                        reason,
                        true,
                        0,
                        new Prediction.Inputs(new Tensor[0]),
                        List.of(),
                        true,
                        new Prediction.Wire(new byte[0], version.version(), version.plan()),
                        null);
        int[] wanted = {
            version.plan().wanted(List.of("kind"))[0], version.plan().wanted(List.of("same"))[0]
        };
        return ModelInferResponse.parseFrom(
                version.rawResponses()
                        .answer(prediction, new Answer(version, reason, wanted, OUTPUTS)));
    }
}
