package dev.tidegate.server.platform.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells the browsers of pages of allowed origins that these may ask and read answers (WHATWG Fetch,
 * section 3.2, CORS protocol). Others are told nothing, and their browsers keep the answer back.
 */
final class CrossOrigin {
    private static final int OK = 200;
    private static final String REMEMBERED_SECONDS = "600";

    private final List<String> origins;

    /**
     * @param origins such as {@code https://desk.example.com}, in lower case
     */
    CrossOrigin(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    /**
     * Returns the answer to a browser that asks whether its page may ask.
     *
     * @param methods that a path answers
     */
    Optional<HttpReply> preflight(HttpHead head, Function<HttpHead, List<String>> methods) {
        if (!head.method().equals("OPTIONS")
                || head.header("access-control-request-method") == null
                || !isAllowed(head)) {
            return Optional.empty();
        }
        return Optional.of(methods.apply(head))
                .filter(known -> !known.isEmpty())
                .map(known -> leave(head, known));
    }

    private static HttpReply leave(HttpHead head, List<String> methods) {
        String headers = head.header("access-control-request-headers");
        return new HttpReply(
                OK,
                "text/plain",
                new byte[0],
                Map.of(
                        "access-control-allow-methods",
                        String.join(", ", methods),
                        "access-control-allow-headers",
                        headers == null ? "" : headers,
                        "access-control-max-age",
                        REMEMBERED_SECONDS));
    }

    /** Adds to an answer what its page's browser must know to hand it on. */
    void mark(HttpHead head, HttpHeaders answer) {
        if (origins.isEmpty()) {
            return;
        }
        answer.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        String origin = head.header("origin");
        if (origin != null && isAllowed(head)) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "*");
        }
    }

    private boolean isAllowed(HttpHead head) {
        String origin = head.header("origin");
        return origin != null && origins.contains(origin.strip().toLowerCase(Locale.ROOT));
    }
}
