package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.tidegate.server.platform.http.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** An answer that is written as it goes. */
@FunctionalInterface
interface JsonReply {
    void write(JsonGenerator json) throws IOException;

    static HttpReply of(JsonFactory factory, int status, JsonReply text) {
        try (ByteArrayBuilder out = new ByteArrayBuilder()) {
            try (JsonGenerator json = factory.createGenerator(out)) {
                text.write(json);
            }
            return new HttpReply(status, HttpReply.JSON, out.toByteArray(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("an answer in memory cannot be written as JSON", e);
        }
    }
}
