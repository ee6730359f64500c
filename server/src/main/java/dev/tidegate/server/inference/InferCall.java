package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EventLoops;
import dev.tidegate.server.platform.grpc.StatusMapping;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ModelInfer call on the transport: one message in, one message or an error out. */
final class InferCall extends ServerCall.Listener<byte[]> implements Caller {
    private static final Logger LOG = LoggerFactory.getLogger(InferCall.class);

    /** Names the unit outside of the message. */
    static final Metadata.Key<String> UNIT =
            Metadata.Key.of("tidegate-unit", Metadata.ASCII_STRING_MARSHALLER);

    /** Names the caller's trace. Source: W3C Trace Context. */
    static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    /** Names the entry in the log of a request that failed. */
    private static final Metadata.Key<String> PREDICTION_ID =
            Metadata.Key.of("tidegate-prediction-id", Metadata.ASCII_STRING_MARSHALLER);

    /** What gRPC clients with a retry policy wait before they try again. */
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private static final String PUSHBACK_MILLIS = "100";

    private final ServerCall<byte[], byte[]> call;
    private final InferenceFlow flow;
    private final EventLoops loops;
    private final @Nullable String unit;
    private final @Nullable String traceParent;
    private byte @Nullable [] message;

    /** Whether the call is closed for what came; the transport tells its end all the same. */
    private boolean refused;

    private volatile @Nullable Exchange exchange;

    InferCall(
            ServerCall<byte[], byte[]> call,
            Metadata headers,
            InferenceFlow flow,
            EventLoops loops) {
        this.call = call;
        this.flow = flow;
        this.loops = loops;
        this.unit = headers.get(UNIT);
        this.traceParent = headers.get(TRACE_PARENT);
        call.request(2);
    }

    @Override
    public void onMessage(byte[] received) {
        if (message != null) {
            refused = true;
            throw TidegateException.invalid("a second message came, expected one request a call");
        }
        message = received;
    }

    @Override
    public void onHalfClose() {
        if (refused) {
            return;
        }
        byte[] received = message;
        if (received == null) {
            throw TidegateException.invalid("no message came, expected one request a call");
        }
        message = null;
        flow.begin(this, received);
    }

    @Override
    public void onCancel() {
        Exchange running = exchange;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public @Nullable String unit() {
        return unit;
    }

    @Override
    public @Nullable String traceParent() {
        return traceParent;
    }

    @Override
    public long patience() {
        Deadline set = Context.current().getDeadline();
        return set == null ? Long.MAX_VALUE : set.timeRemaining(TimeUnit.NANOSECONDS);
    }

    @Override
    public @Nullable Executor loop() {
        return loops.current();
    }

    @Override
    public void attach(Exchange running) {
        exchange = running;
    }

    @Override
    public boolean isCancelled() {
        return call.isCancelled();
    }

    @Override
    public void answer(byte[] response) {
        call.sendHeaders(new Metadata());
        call.sendMessage(response);
        call.close(Status.OK, new Metadata());
    }

    @Override
    public void fail(RuntimeException failure) {
        String incident = UUID.randomUUID().toString();
        Metadata trailers = StatusMapping.trailers(failure);
        Exchange failed = exchange;
        if (failed != null) {
            trailers.put(PREDICTION_ID, failed.predictionId().toString());
        }
        if (failure instanceof TidegateException known) {
            if (known.code().kind() == ErrorKind.EXHAUSTED) {
                trailers.put(PUSHBACK, PUSHBACK_MILLIS);
            }
        } else {
            LOG.error(
                    "an inference failed, incident {}, prediction {}",
                    incident,
                    failed == null ? "none" : failed.predictionId(),
                    failure);
        }
        call.close(StatusMapping.status(failure, incident), trailers);
    }
}
