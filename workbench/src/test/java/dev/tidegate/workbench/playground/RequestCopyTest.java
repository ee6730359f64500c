package dev.tidegate.workbench.playground;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.workbench.ScriptedInference;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.tensor.Tensor;
import dev.tidegate.workbench.tensor.TensorProtoMapper;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestCopyTest {
    private static final List<Tensor> INPUTS =
            List.of(
                    new Tensor("tenure", "FP32", List.of(1L, 1L), List.of("34.5")),
                    new Tensor("total_charges", "FP32", List.of(1L, 1L), List.of("NaN")),
                    new Tensor("visits", "INT64", List.of(1L, 1L), List.of("9007199254740993")),
                    new Tensor("contract", "BYTES", List.of(1L, 1L), List.of("It's \"één\" year")));

    @TempDir private Path folder;

    private static RequestCopy request(String server) {
        return new RequestCopy(server, "churn", "v2", "customer 7", INPUTS);
    }

    /** The program is compiled and run, and the server gets what the form would have sent. */
    @Test
    void writesJavaThatSendsTheSameRequest() throws Exception {
        ScriptedInference inference = new ScriptedInference();
        try (ScriptedServer server = new ScriptedServer(0, List.of(inference.bindService()))) {
            run(request("127.0.0.1:" + server.port()).as(RequestCopy.Language.JAVA));
        }

        ModelInferRequest sent = inference.requests().getFirst();
        assertThat(sent.getModelName()).isEqualTo("churn");
        assertThat(sent.getModelVersion()).isEqualTo("v2");
        assertThat(sent.getParametersOrThrow("tidegate_unit").getStringParam())
                .isEqualTo("customer 7");
        assertThat(TensorProtoMapper.inputs(sent)).isEqualTo(INPUTS);
    }

    private void run(String program) throws Exception {
        Path source = Files.writeString(folder.resolve("AskModel.java"), program);
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    said,
                                    files,
                                    null,
                                    List.of(
                                            "-cp",
                                            classPath,
                                            "-d",
                                            folder.toString(),
                                            "-proc:none"),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("AskModel")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        }
    }

    @Test
    void writesGrpcurlAsOneQuotedLine() throws Exception {
        String line = request("127.0.0.1:8001").as(RequestCopy.Language.GRPCURL);

        assertThat(line.lines()).hasSize(1);
        assertThat(line)
                .startsWith("grpcurl -plaintext -d '")
                .endsWith("' 127.0.0.1:8001 inference.GRPCInferenceService/ModelInfer");
        JsonNode sent =
                new ObjectMapper()
                        .readTree(
                                line.substring(line.indexOf('{'), line.lastIndexOf('}') + 1)
                                        .replace("'\\''", "'"));
        JsonNode inputs = sent.path("inputs");
        assertThat(inputs.path(0).at("/contents/fp32_contents/0").asDouble()).isEqualTo(34.5);
        assertThat(inputs.path(1).at("/contents/fp32_contents/0").asText()).isEqualTo("NaN");
        assertThat(inputs.path(2).at("/contents/int64_contents/0").asText())
                .isEqualTo("9007199254740993");
        assertThat(inputs.path(3).at("/contents/bytes_contents/0").binaryValue())
                .isEqualTo("It's \"één\" year".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(sent.at("/parameters/tidegate_unit/string_param").asText())
                .isEqualTo("customer 7");
    }

    @Test
    void writesCurlThatAsksTheRestTwin() throws Exception {
        String lines = request("tidegate.example:8001").as(RequestCopy.Language.CURL);

        assertThat(lines)
                .contains(
                        "curl -s \"${TIDEGATE_HTTP:-http://tidegate.example:8000}/v2/models/churn/versions/v2/infer\" -H 'content-type: application/json' -d '{");
        JsonNode sent =
                new ObjectMapper()
                        .readTree(
                                lines.substring(lines.indexOf("-d '") + 4, lines.lastIndexOf('\''))
                                        .replace("'\\''", "'"));
        JsonNode inputs = sent.path("inputs");
        assertThat(inputs.at("/0/data/0").asDouble()).isEqualTo(34.5);
        assertThat(inputs.at("/1/data/0").asText()).isEqualTo("NaN");
        assertThat(inputs.at("/2/data/0").longValue()).isEqualTo(9007199254740993L);
        assertThat(inputs.at("/3/data/0").asText()).isEqualTo("It's \"één\" year");
        assertThat(inputs.at("/3/shape").toString()).isEqualTo("[1,1]");
        assertThat(sent.at("/parameters/tidegate_unit").asText()).isEqualTo("customer 7");
    }

    @Test
    void asksByCurlWhomTheRouteChoosesWhenNoVersionIsNamed() {
        String lines =
                new RequestCopy("[::1]:8001", "churn one", "", "", List.of())
                        .as(RequestCopy.Language.CURL);
        assertThat(lines).contains("http://[::1]:8000}/v2/models/churn%20one/infer\"");
        assertThat(lines).contains("-d '{\"inputs\":[]}'");
    }

    @Test
    void writesPythonWithTheTypesOfTheTensors() {
        String program = request("127.0.0.1:8001").as(RequestCopy.Language.PYTHON);

        assertThat(program)
                .contains("import tritonclient.grpc as grpc")
                .contains("add(\"tenure\", [1, 1], \"FP32\", [34.5], np.float32)")
                .contains("add(\"total_charges\", [1, 1], \"FP32\", [float(\"NaN\")], np.float32)")
                .contains("[\"It's \\\"\\u00e9\\u00e9n\\\" year\".encode()], np.object_)")
                .contains("model_version=\"v2\", parameters={\"tidegate_unit\": \"customer 7\"}");
    }
}
