package dev.tidegate.server.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.inference.RowOutcome;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A result as an object a line; what is not a number of JSON is a string such as "NaN". */
final class JsonResult extends ResultWriter {
    private final JsonGenerator json;
    private final ResultColumns columns;

    JsonResult(OutputStream out, ResultColumns columns) throws IOException {
        this.columns = columns;
        this.json =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                                        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                                        .build())
                        .build()
                        .createGenerator(out)
                        .setRootValueSeparator(null);
    }

    @Override
    boolean answered(PreparedRow row, RowOutcome.Answered answer) throws IOException {
        begin(row);
        for (int i = 0; i < answer.outputs().size(); i++) {
            json.writeFieldName(columns.outputs().get(i));
            TensorJson.write(json, answer.outputs().get(i));
        }
        end();
        return true;
    }

    @Override
    void failed(PreparedRow row, String reason) throws IOException {
        begin(row);
        json.writeStringField(ResultColumns.ERROR, reason);
        end();
    }

    private void begin(PreparedRow row) throws IOException {
        json.writeStartObject();
        json.writeNumberField(ResultColumns.ROW, row.number());
        for (int i = 0; i < columns.keep().size(); i++) {
            @Nullable Object value = row.kept().get(i);
            if (value != null) {
                json.writePOJOField(columns.keep().get(i), value);
            }
        }
    }

    private void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
