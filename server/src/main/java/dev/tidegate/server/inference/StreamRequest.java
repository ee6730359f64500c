package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.ErrorKind;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.StatusMapping;
import io.grpc.Status;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of a stream until its answer. */
final class StreamRequest implements Caller {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRequest.class);
    private static final StreamAnswerProtoMapper MESSAGES = new StreamAnswerProtoMapper();

    private final StreamCall stream;
    private final byte[] wire;
    private volatile @Nullable Exchange exchange;

    StreamRequest(StreamCall stream, byte[] wire) {
        this.stream = stream;
        this.wire = wire;
    }

    void begin(InferenceFlow flow) {
        try {
            stream.permit().take();
            flow.begin(this, wire);
        } catch (TidegateException e) {
            if (e.code().kind() == ErrorKind.UNAUTHENTICATED) {
                stream.refuse(this, StatusMapping.status(e, ""));
            } else {
                fail(e);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The stream is gone. */
    void cancel() {
        Exchange running = exchange;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public @Nullable String unit() {
        return stream.unit();
    }

    @Override
    public @Nullable String traceParent() {
        return stream.traceParent();
    }

    @Override
    public long patience() {
        return stream.patience();
    }

    @Override
    public @Nullable Executor loop() {
        return stream.loop();
    }

    @Override
    public void attach(Exchange running) {
        exchange = running;
        if (stream.isCancelled()) {
            running.cancel();
        }
    }

    @Override
    public boolean isCancelled() {
        return stream.isCancelled();
    }

    @Override
    public void answer(byte[] response) {
        stream.send(this, MESSAGES.answer(response));
    }

    @Override
    public void fail(RuntimeException failure) {
        String incident = UUID.randomUUID().toString();
        if (!(failure instanceof TidegateException)) {
            Exchange failed = exchange;
            LOG.error(
                    "an inference failed, incident {}, prediction {}",
                    incident,
                    failed == null ? "none" : failed.predictionId(),
                    failure);
        }
        stream.send(this, MESSAGES.error(text(failure, incident), id()));
    }

    /** Returns what a unary call's status would say, its code first. */
    private static String text(RuntimeException failure, String incident) {
        Status status = StatusMapping.status(failure, incident);
        return status.getCode() + ": " + status.getDescription();
    }

    private String id() {
        try {
            return InferRequestProtoMapper.parse(wire).id();
        } catch (TidegateException e) {
            return "";
        }
    }
}
