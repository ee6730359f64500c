package dev.tidegate.server.inference;

import dev.tidegate.server.identity.InferencePermit;
import dev.tidegate.server.platform.grpc.EventLoops;
import dev.tidegate.server.platform.grpc.ServerStream;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ModelStreamInfer call on the transport: requests in, answers out as they are ready.
 *
 * <p>The next request is asked for only while the client takes its answers and few of its requests
 * run, so a client that never reads costs this server a few answers and then is not read either.
 */
final class StreamCall extends ServerCall.Listener<byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCall.class);
    private static final Status DRAINING =
            Status.UNAVAILABLE.withDescription("the server is shutting down; connect again");

    private final ServerCall<byte[], byte[]> call;
    private final InferenceFlow flow;
    private final EventLoops loops;
    private final int window;
    private final @Nullable String unit;
    private final @Nullable String traceParent;
    private final ServerStream.Drain drain;
    private final InferencePermit permit = InferencePermit.current();

    /**
     * Does what is due to the call, one after the other in the order in which it came up, on the
     * thread of whoever came first: nobody waits for a thread that writes.
     */
    private final SynchronizationContext turns = new SynchronizationContext(this::failed);

    /** Changed in turns only, as all that follows. */
    private final Set<StreamRequest> running = new HashSet<>();

    /** Whether a request is asked for and has not come. */
    private boolean asked;

    /** Why no further request is taken; null while they are. */
    private @Nullable Status ending;

    private boolean closed;

    /**
     * @param window how many requests may run at a time
     */
    StreamCall(
            ServerCall<byte[], byte[]> call,
            Metadata headers,
            InferenceFlow flow,
            ServerStream lifecycle,
            EventLoops loops,
            int window) {
        this.call = call;
        this.flow = flow;
        this.loops = loops;
        this.window = window;
        this.unit = headers.get(InferCall.UNIT);
        this.traceParent = headers.get(InferCall.TRACE_PARENT);
        call.sendHeaders(new Metadata());
        this.drain = lifecycle.whenDraining(() -> end(DRAINING));
        turns.execute(this::proceed);
    }

    @Override
    public void onMessage(byte[] received) {
        StreamRequest request = new StreamRequest(this, received);
        turns.execute(
                () -> {
                    asked = false;
                    running.add(request);
                });
        request.begin(flow);
        turns.execute(this::proceed);
    }

    @Override
    public void onReady() {
        turns.execute(this::proceed);
    }

    @Override
    public void onHalfClose() {
        end(Status.OK);
    }

    @Override
    public void onCancel() {
        drain.forget();
        turns.execute(
                () -> {
                    closed = true;
                    List<StreamRequest> left = List.copyOf(running);
                    running.clear();
                    left.forEach(StreamRequest::cancel);
                });
    }

    @Override
    public void onComplete() {
        drain.forget();
    }

    InferencePermit permit() {
        return permit;
    }

    @Nullable String unit() {
        return unit;
    }

    @Nullable String traceParent() {
        return traceParent;
    }

    /** Returns nanoseconds until the stream's deadline. */
    long patience() {
        Deadline set = Context.current().getDeadline();
        return set == null ? Long.MAX_VALUE : set.timeRemaining(TimeUnit.NANOSECONDS);
    }

    @Nullable Executor loop() {
        return loops.current();
    }

    boolean isCancelled() {
        return call.isCancelled();
    }

    /** Answers one of the running requests; an answer that nobody waits for is dropped. */
    void send(StreamRequest answered, byte[] message) {
        turns.execute(
                () -> {
                    if (running.remove(answered) && !closed) {
                        call.sendMessage(message);
                    }
                    proceed();
                });
    }

    /** Ends the stream because of a request whose caller is let in no more. */
    void refuse(StreamRequest refused, Status status) {
        turns.execute(() -> running.remove(refused));
        end(status);
    }

    /** Takes no further request, and closes when the running ones are answered. */
    private void end(Status status) {
        turns.execute(
                () -> {
                    if (ending == null) {
                        ending = status;
                    }
                    proceed();
                });
    }

    /** Does what is due: asks for the next request, or closes. */
    private void proceed() {
        Status end = ending;
        if (closed) {
            return;
        }
        if (end != null) {
            if (running.isEmpty()) {
                closed = true;
                call.close(end, new Metadata());
            }
        } else if (!asked && running.size() < window && call.isReady()) {
            asked = true;
            call.request(1);
        }
    }

    private void failed(Thread thread, Throwable failure) {
        LOG.error("a stream could not be written to", failure);
        closed = true;
    }
}
