package dev.tidegate.server.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Signatures as JSON, in the form of {@code signature.json} files and of the registry's table.
 *
 * <pre>{@code
 * {"columns": [{"name": "contract", "kind": "category", "input": "contract", "index": 0, "nullable": false,
 *               "allowed": ["One year", "Two year"]},
 *              {"name": "tenure", "kind": "number", "input": "tenure", "index": 0, "nullable": false,
 *               "minimum": 0.0, "maximum": 72.0}],
 *  "inputs":  [{"name": "contract", "datatype": "BYTES", "shape": [-1, 1]}, ...],
 *  "outputs": [{"name": "probability", "datatype": "FP32", "shape": [-1, 1]}, ...]}
 * }</pre>
 */
@Singleton
public final class SignatureJson {

    private final ObjectMapper mapper = new ObjectMapper();

    /** Returns the signature as one line of JSON. */
    public String write(ModelSignature signature) {
        return node(signature).toString();
    }

    /** Returns the signature as JSON for people, indented. */
    public String pretty(ModelSignature signature) {
        return node(signature).toPrettyString() + "\n";
    }

    /**
     * Returns the signature that {@code json} describes.
     *
     * @throws IllegalArgumentException when the text is no JSON or a field is missing or wrong; the
     *     message names it
     */
    public ModelSignature read(String json) {
        JsonNode root = parse(json);
        return new ModelSignature(
                list(root, "columns", SignatureJson::column),
                list(root, "inputs", SignatureJson::tensor),
                list(root, "outputs", SignatureJson::tensor));
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the signature is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private ObjectNode node(ModelSignature signature) {
        ObjectNode root = mapper.createObjectNode();
        ArrayNode columns = root.putArray("columns");
        signature.columns().forEach(column -> write(columns.addObject(), column));
        ArrayNode inputs = root.putArray("inputs");
        signature.inputs().forEach(tensor -> write(inputs.addObject(), tensor));
        ArrayNode outputs = root.putArray("outputs");
        signature.outputs().forEach(tensor -> write(outputs.addObject(), tensor));
        return root;
    }

    private static void write(ObjectNode node, Column column) {
        node.put("name", column.name());
        node.put("kind", column.kind().name().toLowerCase(Locale.ROOT));
        node.put("input", column.input());
        node.put("index", column.index());
        node.put("nullable", column.nullable());
        if (!column.allowed().isEmpty()) {
            column.allowed().forEach(node.putArray("allowed")::add);
        }
        column.minimum().ifPresent(value -> node.put("minimum", value));
        column.maximum().ifPresent(value -> node.put("maximum", value));
    }

    private static void write(ObjectNode node, TensorSpec tensor) {
        node.put("name", tensor.name());
        node.put("datatype", tensor.datatype().name());
        tensor.shape().forEach(node.putArray("shape")::add);
    }

    private static Column column(JsonNode node) {
        return new Column(
                required(node, "name").asText(),
                constant(
                        ColumnKind.class, required(node, "kind").asText().toUpperCase(Locale.ROOT)),
                required(node, "input").asText(),
                node.path("index").asInt(0),
                node.path("nullable").asBoolean(false),
                node.has("allowed") ? list(node, "allowed", JsonNode::asText) : List.of(),
                number(node, "minimum"),
                number(node, "maximum"));
    }

    private static TensorSpec tensor(JsonNode node) {
        return new TensorSpec(
                required(node, "name").asText(),
                constant(DataType.class, required(node, "datatype").asText()),
                list(node, "shape", JsonNode::asLong));
    }

    private static OptionalDouble number(JsonNode node, String field) {
        return node.hasNonNull(field)
                ? OptionalDouble.of(node.get(field).asDouble())
                : OptionalDouble.empty();
    }

    private static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> element) {
        JsonNode array = required(node, field);
        if (!array.isArray()) {
            throw new IllegalArgumentException(
                    "field \"%s\" must be a list, got %s".formatted(field, array));
        }
        List<T> elements = new ArrayList<>(array.size());
        array.forEach(item -> elements.add(element.apply(item)));
        return elements;
    }

    private static JsonNode required(JsonNode node, String field) {
        if (!node.hasNonNull(field)) {
            throw new IllegalArgumentException(
                    "field \"%s\" is missing in %s".formatted(field, node));
        }
        return node.get(field);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "\"%s\" is none of %s"
                                                .formatted(
                                                        name,
                                                        Arrays.toString(type.getEnumConstants()))));
    }
}
