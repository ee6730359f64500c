package dev.tidegate.workbench.playground;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.workbench.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The form's request as a program that sends it.
 *
 * @param server HOST:PORT of its gRPC
 * @param version empty: as the route says
 * @param unit empty: none
 */
record RequestCopy(String server, String model, String version, String unit, List<Tensor> inputs) {
    /** What it can be copied as. */
    enum Language {
        GRPCURL("grpcurl"),
        CURL("curl"),
        PYTHON("Python (tritonclient)"),
        JAVA("Java (grpc-java)");

        private final String word;

        Language(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    RequestCopy {
        inputs = List.copyOf(inputs);
    }

    String as(Language language) {
        return switch (language) {
            case GRPCURL -> grpcurl();
            case CURL -> new RestRequest(this).curl();
            case PYTHON -> python();
            case JAVA -> java();
        };
    }

    /** A line for a shell; the server's reflection tells grpcurl the messages. */
    private String grpcurl() {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("model_name", model);
        if (!version.isEmpty()) {
            request.put("model_version", version);
        }
        if (!unit.isEmpty()) {
            request.putObject("parameters").putObject("tidegate_unit").put("string_param", unit);
        }
        ArrayNode tensors = request.putArray("inputs");
        inputs.forEach(input -> addTensor(tensors.addObject(), input));
        return "grpcurl -plaintext -d '"
                + request.toString().replace("'", "'\\''")
                + "' "
                + server
                + " inference.GRPCInferenceService/ModelInfer";
    }

    private static void addTensor(ObjectNode json, Tensor input) {
        json.put("name", input.name()).put("datatype", input.datatype());
        input.shape().forEach(json.putArray("shape")::add);
        ContentField field = ContentField.of(input.datatype());
        ArrayNode values = json.putObject("contents").putArray(field.json());
        for (String value : input.values()) {
            switch (field) {
                case BOOL -> values.add(Boolean.parseBoolean(value));
                case BYTES ->
                        values.add(
                                Base64.getEncoder()
                                        .encodeToString(value.getBytes(StandardCharsets.UTF_8)));
                case FP32, FP64 -> addReal(values, value);
                case INT, INT64, UINT, UINT64 -> values.add(value);
            }
        }
    }

    /** JSON has no NaN and no infinity; protobuf's JSON takes them, and all numbers, as text. */
    private static void addReal(ArrayNode values, String value) {
        double number = Double.parseDouble(value);
        if (Double.isFinite(number)) {
            values.add(number);
        } else {
            values.add(value);
        }
    }

    private String python() {
        String arrays =
                inputs.stream().map(RequestCopy::pythonInput).collect(Collectors.joining("\n"));
        String routed = version.isEmpty() ? "" : ", model_version=" + quoted(version);
        String sticky =
                unit.isEmpty() ? "" : ", parameters={\"tidegate_unit\": " + quoted(unit) + "}";
        return """
        # pip install tritonclient[grpc]
        import numpy as np
        import tritonclient.grpc as grpc

        client = grpc.InferenceServerClient(%s)
        inputs = []


        def add(name, shape, datatype, values, dtype):
            tensor = grpc.InferInput(name, shape, datatype)
            tensor.set_data_from_numpy(np.array(values, dtype=dtype).reshape(shape))
            inputs.append(tensor)


        %s
        answer = client.infer(%s, inputs%s%s)
        for output in answer.get_response().outputs:
            print(output.name, answer.as_numpy(output.name))
        """
                .formatted(quoted(server), arrays, quoted(model), routed, sticky);
    }

    private static String pythonInput(Tensor input) {
        ContentField field = ContentField.of(input.datatype());
        String values =
                input.values().stream()
                        .map(value -> pythonValue(field, value))
                        .collect(Collectors.joining(", "));
        return "add(%s, %s, %s, [%s], %s)"
                .formatted(
                        quoted(input.name()),
                        input.shape(),
                        quoted(input.datatype()),
                        values,
                        field.numpy(input.datatype()));
    }

    private static String pythonValue(ContentField field, String value) {
        return switch (field) {
            case BYTES -> quoted(value) + ".encode()";
            case BOOL -> value.equals("true") ? "True" : "False";
            case FP32, FP64 ->
                    Double.isFinite(Double.parseDouble(value))
                            ? value
                            : "float(" + quoted(value) + ")";
            case INT, INT64, UINT, UINT64 -> value;
        };
    }

    private String java() {
        StringBuilder request = new StringBuilder();
        request.append(line(".setModelName(" + quoted(model) + ")"));
        if (!version.isEmpty()) {
            request.append(line(".setModelVersion(" + quoted(version) + ")"));
        }
        if (!unit.isEmpty()) {
            request.append(
                    line(
                            ".putParameters(\"tidegate_unit\","
                                    + " InferParameter.newBuilder().setStringParam("
                                    + quoted(unit)
                                    + ").build())"));
        }
        inputs.forEach(input -> request.append(line(javaInput(input))));
        return """
        // Needs tidegate-proto, or classes of your own from the Open Inference Protocol's proto file.
        import com.google.protobuf.ByteString;
        import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
        import dev.tidegate.proto.inference.InferParameter;
        import dev.tidegate.proto.inference.InferTensorContents;
        import dev.tidegate.proto.inference.ModelInferRequest;
        import io.grpc.ManagedChannel;
        import io.grpc.ManagedChannelBuilder;

        public final class AskModel {
            public static void main(String[] args) {
                ManagedChannel channel =
                        ManagedChannelBuilder.forTarget(%s).usePlaintext().build();
                ModelInferRequest request = ModelInferRequest.newBuilder()
        %s                .build();
                System.out.println(GRPCInferenceServiceGrpc.newBlockingStub(channel).modelInfer(request));
                channel.shutdownNow();
            }
        }
        """
                .formatted(quoted(server), request);
    }

    private static String line(String words) {
        return " ".repeat(16) + words + "\n";
    }

    private static String javaInput(Tensor input) {
        ContentField field = ContentField.of(input.datatype());
        String contents =
                input.values().stream()
                        .map(value -> field.adder() + "(" + javaValue(field, value) + ")")
                        .collect(Collectors.joining());
        String shape =
                input.shape().stream()
                        .map(size -> ".addShape(" + size + ")")
                        .collect(Collectors.joining());
        return ".addInputs(ModelInferRequest.InferInputTensor.newBuilder().setName(%s)"
                        .formatted(quoted(input.name()))
                + ".setDatatype(%s)%s".formatted(quoted(input.datatype()), shape)
                + ".setContents(InferTensorContents.newBuilder()%s))".formatted(contents);
    }

    private static String javaValue(ContentField field, String value) {
        return switch (field) {
            case BYTES -> "ByteString.copyFromUtf8(" + quoted(value) + ")";
            case FP32 -> "Float.parseFloat(" + quoted(value) + ")";
            case FP64 -> "Double.parseDouble(" + quoted(value) + ")";
            case INT64 -> value + "L";
            case UINT -> "Integer.parseUnsignedInt(" + quoted(value) + ")";
            case UINT64 -> "Long.parseUnsignedLong(" + quoted(value) + ")";
            case BOOL, INT -> value;
        };
    }

    /** A string literal that Java and Python read alike. */
    private static String quoted(String words) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < words.length(); i++) {
            char letter = words.charAt(i);
            switch (letter) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                default -> literal.append(printable(letter));
            }
        }
        return literal.append('"').toString();
    }

    private static String printable(char letter) {
        return letter >= ' ' && letter < 127
                ? String.valueOf(letter)
                : String.format(Locale.ROOT, "\\u%04x", (int) letter);
    }
}
