package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client says before it sends a body: all that decides whether the body is read. */
public final class HttpHead {
    private final HttpRequest request;
    private @Nullable Object caller;

    HttpHead(HttpRequest request) {
        this.request = request;
    }

    /** Remembers who asks, as the guard knows him that let him in. */
    public void caller(Object known) {
        caller = known;
    }

    @Nullable Object caller() {
        return caller;
    }

    public String method() {
        return request.method().name();
    }

    String uri() {
        return request.uri();
    }

    /** Returns a header's first value, null when it did not come. */
    public @Nullable String header(String name) {
        return request.headers().get(name);
    }

    /** Returns host and port that the client believes to talk to; null when it does not say. */
    @Nullable String authority() {
        int from = authorityStart();
        return from < 0
                ? request.headers().get(HttpHeaderNames.HOST)
                : uri().substring(from, authorityEnd(from));
    }

    /**
     * Returns the path, without a query: of a target in absolute form (RFC 9112 section 3.2.2) what
     * stands behind the authority.
     */
    String path() {
        int from = authorityStart();
        int start = from < 0 ? 0 : authorityEnd(from);
        int query = uri().indexOf('?', start);
        String path = uri().substring(start, query < 0 ? uri().length() : query);
        if (path.isEmpty() && from >= 0) {
            return "/";
        }
        if (!path.startsWith("/")) {
            throw TidegateException.invalid(
                    "path '%s' came, expected one that begins with /".formatted(Excerpt.of(path)));
        }
        return path;
    }

    /** Returns where the authority begins in a target of absolute form, -1 in all others. */
    private int authorityStart() {
        if (uri().startsWith("/")) {
            return -1;
        }
        String lower = uri().toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://")) {
            return 7;
        }
        return lower.startsWith("https://") ? 8 : -1;
    }

    private int authorityEnd(int from) {
        for (int at = from; at < uri().length(); at++) {
            if (uri().charAt(at) == '/' || uri().charAt(at) == '?') {
                return at;
            }
        }
        return uri().length();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    boolean isKeptAlive() {
        return HttpUtil.isKeepAlive(request);
    }

    /** Returns whether the client must be told that its connection is kept, as HTTP/1.0 has it. */
    boolean wantsKeepAliveSaid() {
        return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0 && isKeptAlive();
    }

    boolean takesGzip() {
        return request.headers().contains(HttpHeaderNames.ACCEPT_ENCODING)
                && AcceptedEncoding.takesGzip(
                        request.headers().getAll(HttpHeaderNames.ACCEPT_ENCODING));
    }
}
