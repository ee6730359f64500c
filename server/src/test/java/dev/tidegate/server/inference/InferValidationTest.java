package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.onnx.TestGraph;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Model m takes the columns tenure (never missing) and charge, and a contract of three kinds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InferValidationTest {
    private static final String SIGNATURE =
            """
      {"columns":[
        {"name":"tenure","kind":"number","input":"numbers","index":0,"nullable":false,"minimum":0,"maximum":72},
        {"name":"charge","kind":"number","input":"numbers","index":1,"nullable":true},
        {"name":"contract","kind":"category","input":"contract","index":0,"nullable":false,
         "allowed":["Month-to-month","One year","Two year"]}],
       "inputs":[{"name":"numbers","datatype":"FP32","shape":[-1,2]},
                 {"name":"contract","datatype":"BYTES","shape":[-1,1]}],
       "outputs":[{"name":"same","datatype":"FP32","shape":[-1,2]},
                  {"name":"kind","datatype":"BYTES","shape":[-1,1]}]}
      """;

    private InferenceServer server;

    @BeforeAll
    void start(@TempDir Path home) {
        server = InferenceServer.start(home, Map.of());
        server.champion(server.register("m", "1", TestGraph.tabular(), SIGNATURE));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> wrongRequests() {
        ByteString year = strings("One year");
        return Stream.of(
                wrong(
                        "an unknown input",
                        request(raw(1, 2), year).setInputs(0, numbers("numbrs", 1, 2)),
                        "'numbrs' is unknown",
                        "did you mean 'numbers'"),
                wrong(
                        "a missing input",
                        ModelInferRequest.newBuilder()
                                .addInputs(numbers("numbers", 1, 2))
                                .addRawInputContents(raw(1, 2)),
                        "'contract' is missing"),
                wrong(
                        "an input twice",
                        request(raw(1, 2), year)
                                .addInputs(numbers("numbers", 1, 2))
                                .addRawInputContents(raw(1, 2)),
                        "'numbers'",
                        "twice"),
                wrong(
                        "another datatype",
                        request(raw(1, 2), year)
                                .setInputs(0, numbers("numbers", 1, 2).setDatatype("FP64")),
                        "'numbers'",
                        "'FP64' came",
                        "expected FP32"),
                wrong(
                        "a datatype that is none",
                        request(raw(1, 2), year)
                                .setInputs(0, numbers("numbers", 1, 2).setDatatype("float")),
                        "'float' came",
                        "expected FP32"),
                wrong(
                        "another rank",
                        request(raw(1, 2), year).setInputs(0, numbers("numbers", 2)),
                        "rank 1 came",
                        "expected rank 2"),
                wrong(
                        "another shape",
                        request(raw(1, 2, 3), year).setInputs(0, numbers("numbers", 1, 3)),
                        "[1, 3] came",
                        "expected [-1, 2]"),
                wrong(
                        "no rows beside one",
                        request(ByteString.EMPTY, year).setInputs(0, numbers("numbers", 0, 2)),
                        "shape [0, 2] came",
                        "expected 1 rows"),
                wrong(
                        "a negative dimension",
                        request(raw(1, 2), year).setInputs(0, numbers("numbers", -1, 2)),
                        "dimension 0 is -1"),
                wrong(
                        "a shape beyond all memory",
                        request(raw(1, 2), year).setInputs(0, numbers("numbers", 1L << 40, 2)),
                        "more than 2147483647"),
                wrong(
                        "too few bytes",
                        request(raw(1), year),
                        "4 bytes",
                        "expected 8 for 2 elements of FP32"),
                wrong(
                        "rows that do not belong together",
                        request(raw(1, 2, 3, 4), year).setInputs(0, numbers("numbers", 2, 2)),
                        "expected 1 rows as in input 'contract'"),
                wrong(
                        "raw and typed at once",
                        request(raw(1, 2), year)
                                .setInputs(
                                        0,
                                        numbers("numbers", 1, 2)
                                                .setContents(
                                                        InferTensorContents.newBuilder()
                                                                .addFp32Contents(1))),
                        "both contents and raw_input_contents"),
                wrong(
                        "too few raw entries",
                        ModelInferRequest.newBuilder()
                                .addInputs(numbers("numbers", 1, 2))
                                .addInputs(contract(1))
                                .addRawInputContents(raw(1, 2)),
                        "raw_input_contents has 1 entries, expected 2"),
                wrong(
                        "no values at all",
                        ModelInferRequest.newBuilder()
                                .addInputs(numbers("numbers", 1, 2))
                                .addInputs(contract(1)),
                        "'numbers'",
                        "neither contents nor raw_input_contents"),
                wrong(
                        "too few typed values",
                        typed(InferTensorContents.newBuilder().addFp32Contents(1)),
                        "1 elements came in fp32_contents, expected 2"),
                wrong(
                        "values in another field",
                        typed(
                                InferTensorContents.newBuilder()
                                        .addFp64Contents(1)
                                        .addFp64Contents(2)),
                        "fp64_contents",
                        "expected fp32_contents"),
                wrong(
                        "a string without length",
                        request(raw(1, 2), ByteString.copyFrom(new byte[] {1, 0})),
                        "2 bytes of raw content came, expected at least 4"),
                wrong(
                        "a string longer than its bytes",
                        request(raw(1, 2), ByteString.copyFrom(new byte[] {9, 0, 0, 0, 'a'})),
                        "9 bytes long, but 1 are left"),
                wrong(
                        "a length beyond all memory",
                        request(raw(1, 2), ByteString.copyFrom(new byte[] {-1, -1, -1, -1, 'a'})),
                        "4294967295 bytes long, but 1 are left"),
                wrong(
                        "bytes behind the strings",
                        request(
                                raw(1, 2),
                                strings("One year").concat(ByteString.copyFromUtf8("x"))),
                        "1 bytes of raw content are left"),
                wrong(
                        "no UTF-8, raw",
                        request(
                                raw(1, 2),
                                ByteString.copyFrom(new byte[] {2, 0, 0, 0, (byte) 0xC3, 0x28})),
                        "not valid UTF-8"),
                wrong(
                        "no UTF-8, typed",
                        typed(
                                        InferTensorContents.newBuilder()
                                                .addFp32Contents(1)
                                                .addFp32Contents(2))
                                .setInputs(
                                        1,
                                        contract(1)
                                                .setContents(
                                                        InferTensorContents.newBuilder()
                                                                .addBytesContents(
                                                                        ByteString.copyFrom(
                                                                                new byte[] {
                                                                                    (byte) 0xFF
                                                                                })))),
                        "not valid UTF-8"),
                wrong(
                        "NaN where it may not be",
                        request(raw(1, 2, Float.NaN, 4), strings("One year", "One year"))
                                .setInputs(0, numbers("numbers", 2, 2))
                                .setInputs(1, contract(2)),
                        "column 'tenure'",
                        "row 1",
                        "NaN came"),
                wrong(
                        "an unknown category",
                        request(raw(1, 2), strings("One yaer")),
                        "column 'contract'",
                        "'One yaer' came",
                        "'Two year'",
                        "did you mean 'One year'"),
                wrong(
                        "a missing category",
                        request(raw(1, 2), strings("")),
                        "column 'contract'",
                        "category '' came"),
                wrong(
                        "a unit that is no name",
                        request(raw(1, 2), year)
                                .putParameters(
                                        "tidegate_unit",
                                        InferParameter.newBuilder().setBoolParam(true).build()),
                        "tidegate_unit",
                        "expected a string"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongRequests")
    void saysWhatIsWrong(String what, ModelInferRequest request, String[] parts) {
        int before = server.events().size();
        assertThatThrownBy(() -> server.stub().modelInfer(request))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> {
                            assertThat(e.getStatus().getCode())
                                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
                            assertThat(e.getStatus().getDescription()).contains(parts);
                        });
        assertThat(server.events()).hasSize(before);
        ModelInferResponse good =
                server.stub().modelInfer(request(raw(1, 2), strings("One year")).build());
        assertThat(good.getRawOutputContents(0)).isEqualTo(raw(1, 2));
    }

    @Test
    void takesAMissingNumberWhereTheSignatureAllowsIt() {
        ModelInferResponse response =
                server.stub().modelInfer(request(raw(1, Float.NaN), strings("Two year")).build());
        assertThat(response.getRawOutputContents(1)).isEqualTo(strings("Two year"));
    }

    @Test
    void refusesAMessageThatIsNone() {
        var wire =
                GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
                                new BytesMarshaller(), new BytesMarshaller())
                        .build();
        assertThatThrownBy(
                        () ->
                                ClientCalls.blockingUnaryCall(
                                        server.channel,
                                        wire,
                                        CallOptions.DEFAULT,
                                        new byte[] {10, 99, 1}))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining("3 bytes");
    }

    private static Arguments wrong(
            String what, ModelInferRequest.Builder request, String... parts) {
        return Arguments.of(what, request.setModelName("m").build(), parts);
    }

    private static ModelInferRequest.Builder request(ByteString numbers, ByteString contract) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(numbers("numbers", 1, 2))
                .addInputs(contract(1))
                .addRawInputContents(numbers)
                .addRawInputContents(contract);
    }

    private static ModelInferRequest.Builder typed(InferTensorContents.Builder numbers) {
        return ModelInferRequest.newBuilder()
                .addInputs(numbers("numbers", 1, 2).setContents(numbers))
                .addInputs(
                        contract(1)
                                .setContents(
                                        InferTensorContents.newBuilder()
                                                .addBytesContents(
                                                        ByteString.copyFromUtf8("One year"))));
    }

    private static InferInputTensor.Builder numbers(String name, long... shape) {
        InferInputTensor.Builder tensor =
                InferInputTensor.newBuilder().setName(name).setDatatype("FP32");
        for (long dimension : shape) {
            tensor.addShape(dimension);
        }
        return tensor;
    }

    private static InferInputTensor.Builder contract(long rows) {
        return InferInputTensor.newBuilder()
                .setName("contract")
                .setDatatype("BYTES")
                .addShape(rows)
                .addShape(1);
    }

    private static ByteString strings(String... values) {
        return ByteString.copyFrom(RawStrings.encode(values));
    }
}
