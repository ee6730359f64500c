package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.Map;
import java.util.Optional;
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
    private final Incoming.Received request;
    private final Executor waiting;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile @Nullable Runnable whenGone;

    HttpCall(HttpConnection connection, Incoming.Received request, Executor waiting) {
        this.connection = connection;
        this.request = request;
        this.waiting = waiting;
    }

    HttpHead head() {
        return request.head();
    }

    HttpRoute route() {
        return request.admitted().route();
    }

    /** Gives the room of the body back for the answer's; false when there is not as much. */
    boolean makesRoomFor(int answer) {
        return request.makesRoomFor(answer);
    }

    /** Gives back the room that the body or its answer took. */
    void release() {
        request.release();
    }

    /** Returns the event loop that reads this connection; null on any other thread than its own. */
    public @Nullable Executor loop() {
        return connection.loop();
    }

    /** Goes on with the call on a thread that may wait; what the work throws fails the call. */
    public void later(Runnable work) {
        waiting.execute(guarded(work));
    }

    /** Returns work that fails the call by what it throws. */
    public Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        };
    }

    /** Returns what stands in the path for a variable of the route; empty when it has none. */
    public String variable(String name) {
        return request.admitted().variables().getOrDefault(name, "");
    }

    /** Returns a header's first value, null when it did not come. */
    public @Nullable String header(String name) {
        return head().header(name);
    }

    /** Returns who asks, when a guard knows him as that. */
    public <T> Optional<T> caller(Class<T> type) {
        return Optional.ofNullable(head().caller()).filter(type::isInstance).map(type::cast);
    }

    /** Returns the body, uncompressed. */
    public byte[] body() {
        return request.body();
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

    /** Answers; a reply that cannot be sent is thrown back, and the call can still be failed. */
    public void answer(HttpReply reply) {
        if (answered.compareAndSet(false, true)) {
            try {
                connection.finish(this, reply);
            } catch (RuntimeException | Error e) {
                answered.set(false);
                throw e;
            }
        }
    }

    /** Tells the client what is wrong; what was not foreseen goes to the log as well. */
    public void fail(Throwable failure) {
        fail(failure, Map.of());
    }

    /**
     * The same, with headers of the caller's own.
     *
     * @param headers beside those that say what is wrong
     */
    public void fail(Throwable failure, Map<String, String> headers) {
        String incident = UUID.randomUUID().toString();
        if (!(failure instanceof TidegateException)) {
            LOG.error(
                    "{} {} failed, incident {}", head().method(), head().uri(), incident, failure);
        }
        answer(FailureReply.of(failure, incident).with(headers));
    }
}
