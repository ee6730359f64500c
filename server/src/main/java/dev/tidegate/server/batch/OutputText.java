package dev.tidegate.server.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;

/** One row's tensor as a text: an element by itself, several as a flat list of JSON. */
final class OutputText implements Closeable {
    private final StringWriter cell = new StringWriter();
    private final JsonGenerator json;

    OutputText() throws IOException {
        json =
                JsonFactory.builder()
                        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                        .build()
                        .createGenerator(cell)
                        .setRootValueSeparator(null);
    }

    String of(Tensor tensor) throws IOException {
        if (tensor instanceof StringTensor strings && strings.values().length == 1) {
            return strings.values()[0];
        }
        TensorJson.write(json, tensor);
        json.flush();
        String text = cell.toString();
        cell.getBuffer().setLength(0);
        return text;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
