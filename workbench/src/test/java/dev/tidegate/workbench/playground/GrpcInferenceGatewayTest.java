package dev.tidegate.workbench.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.ScriptedInference;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrpcInferenceGatewayTest {
    @ParameterizedTest
    @CsvSource({"INT32, 3000000000, 3000000000", "FP16, 1, FP16"})
    void saysWhatCannotBeSentInsteadOfFailing(String datatype, String value, String named) {
        ScriptedInference inference = new ScriptedInference();
        try (ScriptedServer server = new ScriptedServer(0, List.of(inference.bindService()));
                TestClient client = new TestClient(server.port())) {
            Outcome<Prediction> outcome =
                    new GrpcInferenceGateway(client.connection().channel(), () -> 0)
                            .infer(
                                    "churn",
                                    "",
                                    "",
                                    List.of(new Tensor("x", datatype, List.of(1L), List.of(value))))
                            .join();

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(ServiceFailure.Invalid.class)
                                            .extracting(ServiceFailure::message)
                                            .asString()
                                            .contains(named));
        }
        assertThat(inference.requests()).isEmpty();
    }
}
