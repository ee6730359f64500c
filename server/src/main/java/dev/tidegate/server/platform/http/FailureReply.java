package dev.tidegate.server.platform.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The one function from a throwable to an HTTP answer: {@code {"error": "…"}} and a status. */
final class FailureReply {
    /** Names the stable number of the error, as the trailer of gRPC does. */
    private static final String ERROR_CODE = "tidegate-error";

    private static final String RETRY_SECONDS = "1";

    private FailureReply() {}

    /** Returns the answer; anything unforeseen is a 500 that says nothing but the given id. */
    static HttpReply of(Throwable failure, String incident) {
        if (failure instanceof MethodRefusedException refused) {
            return refused.reply();
        }
        if (!(failure instanceof TidegateException known)) {
            return of(500, "internal error, incident " + incident, Map.of());
        }
        Map<String, String> headers = new HashMap<>();
        headers.put(ERROR_CODE, known.code().number() + " " + known.code().name());
        switch (known.code().kind()) {
            case EXHAUSTED, UNAVAILABLE -> headers.put("retry-after", retrySeconds(known));
            case UNAUTHENTICATED -> headers.put("www-authenticate", "Bearer");
            case USER,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    NOT_ALLOWED,
                    CONFLICT,
                    PRECONDITION,
                    DEADLINE,
                    UNIMPLEMENTED,
                    INTERNAL -> {}
        }
        return of(status(known.code().kind()), known.text(), headers);
    }

    private static String retrySeconds(TidegateException failure) {
        return failure.retryAfter()
                .map(wait -> Long.toString((wait.toMillis() + 999) / 1000))
                .orElse(RETRY_SECONDS);
    }

    /** Returns an answer that only HTTP knows, such as 405. */
    static HttpReply of(int status, String message, Map<String, String> headers) {
        String text = new String(JsonStringEncoder.getInstance().quoteAsString(message));
        return new HttpReply(
                status,
                HttpReply.JSON,
                ("{\"error\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private static int status(ErrorKind kind) {
        return switch (kind) {
            case USER -> 400;
            case UNAUTHENTICATED -> 401;
            case NOT_ALLOWED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, CONFLICT, PRECONDITION -> 409;
            case EXHAUSTED -> 429;
            case INTERNAL -> 500;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE -> 504;
        };
    }
}
