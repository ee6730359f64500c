package dev.tidegate.workbench.playground;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.workbench.tensor.Tensor;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The form's request as the REST twin of the protocol takes it. */
record RestRequest(RequestCopy request) {
    /** Port of HTTP where nobody chose another. */
    private static final int PORT = 8000;

    /** Two lines for a shell; a variable names another address than the usual one. */
    String curl() {
        return """
        # TIDEGATE_HTTP is the server's HTTP address, where that is not the usual one
        curl -s "${TIDEGATE_HTTP:-http://%s:%d}%s" -H 'content-type: application/json' -d '%s'
        """
                .formatted(host(), PORT, path(), body().toString().replace("'", "'\\''"));
    }

    private String host() {
        return request.server().replaceFirst(":[0-9]+$", "");
    }

    private String path() {
        String model = "/v2/models/" + encoded(request.model());
        return request.version().isEmpty()
                ? model + "/infer"
                : model + "/versions/" + encoded(request.version()) + "/infer";
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ObjectNode body() {
        ObjectNode body = new ObjectMapper().createObjectNode();
        if (!request.unit().isEmpty()) {
            body.putObject("parameters").put("tidegate_unit", request.unit());
        }
        ArrayNode tensors = body.putArray("inputs");
        request.inputs().forEach(input -> addTensor(tensors.addObject(), input));
        return body;
    }

    private static void addTensor(ObjectNode json, Tensor input) {
        json.put("name", input.name()).put("datatype", input.datatype());
        input.shape().forEach(json.putArray("shape")::add);
        ArrayNode data = json.putArray("data");
        ContentField field = ContentField.of(input.datatype());
        input.values().forEach(value -> add(data, field, value));
    }

    /** What JSON has no number for, NaN and infinities, the server takes as text. */
    private static void add(ArrayNode data, ContentField field, String value) {
        switch (field) {
            case BOOL -> data.add(Boolean.parseBoolean(value));
            case BYTES -> data.add(value);
            case INT, INT64, UINT, UINT64 -> data.add(new BigInteger(value));
            case FP32, FP64 -> {
                double number = Double.parseDouble(value);
                if (Double.isFinite(number)) {
                    data.add(number);
                } else {
                    data.add(value);
                }
            }
        }
    }
}
