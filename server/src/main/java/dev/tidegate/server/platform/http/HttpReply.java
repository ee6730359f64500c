package dev.tidegate.server.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param body never changed once it is here
 * @param headers beside content type and length
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
    public static final String JSON = "application/json";

    /** Returns a 200 with JSON. */
    public static HttpReply json(byte[] body) {
        return new HttpReply(200, JSON, body, Map.of());
    }

    /** Returns the same answer with more headers. */
    HttpReply with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new HttpReply(status, contentType, body, all);
    }

    /** Returns JSON with another status. */
    public static HttpReply json(int status, String text) {
        return new HttpReply(status, JSON, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
