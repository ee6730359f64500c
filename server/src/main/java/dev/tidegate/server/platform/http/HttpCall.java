package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.TidegateException;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and whoever waits for its answer; answered or failed once, from any thread. */
public final class HttpCall {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);

    private final HttpConnection connection;
    private final String method;
    private final String uri;
    private final HttpHeaders headers;
    private final byte[] body;
    private final boolean keepAlive;
    private final AtomicBoolean answered = new AtomicBoolean();
    private Map<String, String> variables = Map.of();
    private Executor waiting = Runnable::run;
    private volatile @Nullable Runnable whenGone;

    HttpCall(HttpConnection connection, FullHttpRequest request) {
        this.connection = connection;
        this.method = request.method().name();
        this.uri = request.uri();
        this.headers = request.headers();
        this.body = ByteBufUtil.getBytes(request.content());
        this.keepAlive = HttpUtil.isKeepAlive(request);
    }

    String method() {
        return method;
    }

    String uri() {
        return uri;
    }

    boolean isKeptAlive() {
        return keepAlive;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean takesGzip() {
        return headers.contains(HttpHeaderNames.ACCEPT_ENCODING)
                && AcceptedEncoding.takesGzip(headers.getAll(HttpHeaderNames.ACCEPT_ENCODING));
    }

    void bind(Map<String, String> bound, Executor threads) {
        variables = bound;
        waiting = threads;
    }

    /** Returns the event loop that reads this connection; null on any other thread than its own. */
    public @Nullable Executor loop() {
        return connection.loop();
    }

    /** Goes on with the call on a thread that may wait; what the work throws fails the call. */
    public void later(Runnable work) {
        waiting.execute(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        fail(e);
                    }
                });
    }

    /** Returns what stands in the path for a variable of the route; empty when it has none. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** Returns a header's first value, null when it did not come. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** Returns the body, uncompressed. */
    public byte[] body() {
        return body;
    }

    /** Refuses a body in an encoding that the port does not undo. */
    void requireKnownEncoding() {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(encoding)) {
            throw TidegateException.invalid(
                    "content-encoding '%s' came, expected gzip, deflate or none"
                            .formatted(encoding));
        }
    }

    /** Returns whether nobody waits any more. */
    public boolean isGone() {
        return !connection.isOpen();
    }

    /** Tells whom to tell when the client goes away. */
    public void onGone(Runnable run) {
        whenGone = run;
    }

    void gone() {
        Runnable known = whenGone;
        if (known != null && !answered.get()) {
            known.run();
        }
    }

    public void answer(HttpReply reply) {
        if (answered.compareAndSet(false, true)) {
            connection.finish(this, reply);
        }
    }

    /** Tells the client what is wrong; what was not foreseen goes to the log as well. */
    public void fail(Throwable failure) {
        String incident = UUID.randomUUID().toString();
        if (!(failure instanceof TidegateException)) {
            LOG.error("{} {} failed, incident {}", method, uri, incident, failure);
        }
        answer(FailureReply.of(failure, incident));
    }
}
