package dev.tidegate.server.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.inference.rest.ElementWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One row's tensor as a JSON value: an element by itself, several as a flat list. */
final class TensorJson {
    private TensorJson() {}

    static void write(JsonGenerator json, Tensor tensor) throws IOException {
        boolean isOne = Tensor.elements(tensor.shape()) == 1;
        if (!isOne) {
            json.writeStartArray();
        }
        switch (tensor) {
            case StringTensor text -> {
                for (String value : text.values()) {
                    json.writeString(value);
                }
            }
            case NumericTensor numeric -> {
                ByteBuffer bytes = numeric.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
                while (bytes.hasRemaining()) {
                    ElementWriter.next(json, numeric.datatype(), bytes);
                }
            }
        }
        if (!isOne) {
            json.writeEndArray();
        }
    }
}
