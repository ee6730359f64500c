package dev.tidegate.server.inference.rest;

import dev.tidegate.server.inference.Caller;
import dev.tidegate.server.inference.Exchange;
import dev.tidegate.server.platform.http.HttpCall;
import dev.tidegate.server.platform.http.HttpReply;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An HTTP client that waits for the answer of a model. */
final class RestCaller implements Caller {
    private static final String UNIT = "tidegate-unit";
    private static final String TRACE_PARENT = "traceparent";

    /** Names the entry in the log of a request that failed. */
    private static final String PREDICTION_ID = "tidegate-prediction-id";

    private final HttpCall call;
    private final long patience;
    private final Function<byte[], HttpReply> reply;
    private volatile @Nullable Exchange exchange;

    /**
     * @param patience nanoseconds that the body grants
     * @param reply from a ModelInferResponse to what goes back
     */
    RestCaller(HttpCall call, long patience, Function<byte[], HttpReply> reply) {
        this.call = call;
        this.patience = Math.min(patience, TimeoutHeader.nanos(call.header(TimeoutHeader.NAME)));
        this.reply = reply;
    }

    @Override
    public @Nullable String unit() {
        return call.header(UNIT);
    }

    @Override
    public @Nullable String traceParent() {
        return call.header(TRACE_PARENT);
    }

    @Override
    public long patience() {
        return patience;
    }

    @Override
    public @Nullable Executor loop() {
        return call.loop();
    }

    @Override
    public void attach(Exchange running) {
        exchange = running;
        call.onGone(running::cancel);
    }

    @Override
    public boolean isCancelled() {
        return call.isGone();
    }

    @Override
    public void answer(byte[] response) {
        call.guarded(() -> call.answer(reply.apply(response))).run();
    }

    @Override
    public void fail(RuntimeException failure) {
        Exchange failed = exchange;
        call.fail(
                failure,
                failed == null
                        ? Map.of()
                        : Map.of(PREDICTION_ID, failed.predictionId().toString()));
    }
}
