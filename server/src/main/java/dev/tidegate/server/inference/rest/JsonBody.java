package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body that is one JSON value and nothing behind it. */
final class JsonBody {
    private JsonBody() {}

    /** Reads the value that the parser stands on, to its end. */
    @FunctionalInterface
    interface Reader {
        void read(JsonParser json) throws IOException;
    }

    static void read(JsonFactory factory, byte[] body, int length, Reader reader) {
        try (JsonParser json = factory.createParser(body, 0, length)) {
            if (json.nextToken() == null) {
                throw TidegateException.invalid("the body is empty, expected an object");
            }
            reader.read(json);
            if (json.nextToken() != null) {
                throw TidegateException.invalid("something follows the object, expected its end");
            }
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation(), e.getOriginalMessage());
        } catch (IOException e) {
            throw malformed(null, e.getMessage());
        }
    }

    private static TidegateException malformed(
            @Nullable JsonLocation at, @Nullable String message) {
        return TidegateException.invalid(
                "the body is no JSON at line %d, column %d: %s"
                        .formatted(
                                at == null ? 1 : at.getLineNr(),
                                at == null ? 1 : at.getColumnNr(),
                                Excerpt.of(String.valueOf(message))));
    }
}
