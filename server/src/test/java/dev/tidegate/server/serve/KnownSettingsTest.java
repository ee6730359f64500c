package dev.tidegate.server.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSettingsTest {
    private static final ApplicationContext CONTEXT =
            ApplicationContext.builder().banner(false).deduceEnvironment(false).start();

    @AfterAll
    static void close() {
        CONTEXT.close();
    }

    @Test
    void takesKeysThatAFeatureReads() {
        assertThatCode(
                        () ->
                                KnownSettings.check(
                                        CONTEXT,
                                        List.of("tidegate.edge.grace", "tidegate.storage.url")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAKeyThatNobodyReads() {
        assertThatThrownBy(() -> KnownSettings.check(CONTEXT, List.of("tidegate.edge.gracee")))
                .hasMessageStartingWith(
                        "setting 'tidegate.edge.gracee' is unknown; expected one of [")
                .hasMessageContaining("tidegate.edge.grace,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TIDEGATE_EDGE_GRACEE", "TIDEGATE_APPROVAL_VALID", "TIDEGATE_EDGE_HTP_PORT"})
    void refusesAVariableThatSetsNothing(String name) {
        assertThatThrownBy(() -> KnownSettings.checkEnvironment(CONTEXT, Map.of(name, "5")))
                .hasMessageStartingWith(
                        "environment variable '" + name + "' sets nothing; expected one of [")
                .hasMessageContaining("TIDEGATE_ROLLOUT_APPROVAL_VALID")
                .hasMessageContaining("TIDEGATE_TOKEN");
    }

    @Test
    void takesVariablesOfSettingsOfTheProgramAndOfOthers() {
        assertThatCode(
                        () ->
                                KnownSettings.checkEnvironment(
                                        CONTEXT,
                                        Map.of(
                                                "TIDEGATE_ROLLOUT_APPROVAL_VALID", "5m",
                                                "TIDEGATE_EDGE_HTTP_PORT", "0",
                                                "TIDEGATE_HOME", "/srv",
                                                "TIDEGATE_TOKEN", "tg",
                                                "TIDEGATE_JAVA_OPTS", "-Xmx1g",
                                                "PATH", "/bin")))
                .doesNotThrowAnyException();
    }

    @Test
    void takesWhatKubernetesSaysOfAServiceOfThatName() {
        assertThatCode(
                        () ->
                                KnownSettings.checkEnvironment(
                                        CONTEXT,
                                        Map.of(
                                                "TIDEGATE_SERVICE_HOST", "10.0.0.1",
                                                "TIDEGATE_SERVICE_PORT_GRPC", "8001",
                                                "TIDEGATE_PORT", "tcp://10.0.0.1:8001",
                                                "TIDEGATE_PORT_8001_TCP_ADDR", "10.0.0.1")))
                .doesNotThrowAnyException();
    }
}
