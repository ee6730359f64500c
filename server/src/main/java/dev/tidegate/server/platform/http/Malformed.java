package dev.tidegate.server.platform.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Map;

/** What a client is told whose bytes cannot be read. */
final class Malformed {
    private Malformed() {}

    static HttpReply reply(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException e -> FailureReply.of(414, text(e), Map.of());
            case TooLongHttpHeaderException e -> FailureReply.of(431, text(e), Map.of());
            case Error e ->
                    FailureReply.of(
                            503,
                            "the server cannot take this request now; try again",
                            Map.of("retry-after", "1"));
            default -> FailureReply.of(400, text(cause), Map.of());
        };
    }

    private static String text(Throwable cause) {
        return "the request is no HTTP/1.1: " + cause.getMessage();
    }
}
