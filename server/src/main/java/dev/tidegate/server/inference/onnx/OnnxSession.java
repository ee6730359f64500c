package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.server.inference.Interruption;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.inference.VersionSession;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A loaded graph that any number of threads run at once.
 *
 * <p>Each run takes a lane: input and output buffers that are bound to the runtime once and filled
 * again and again, because building result objects costs as much as a small model. Lanes lie in an
 * array from which a thread takes one by a single exchange; a thread that finds none makes one.
 */
public final class OnnxSession implements VersionSession {
    private final List<OrtSession> sessions;
    private final LaneRack rack;
    private final int threads;
    private final AtomicInteger lanes = new AtomicInteger();
    private final SessionCount count;

    /**
     * @param sessions at least one, of the same graph; lanes are dealt out to them in turn
     * @param threads that one run may use
     * @param count of the sessions of all graphs
     */
    OnnxSession(
            TensorFactory tensors,
            List<OrtSession> sessions,
            TensorNames names,
            int scratchBytes,
            int threads,
            SessionCount count) {
        this.sessions = List.copyOf(sessions);
        this.threads = threads;
        this.count = count;
        count.opened(sessions.size());
        OutputPinning pinning = new OutputPinning(names);
        this.rack = new LaneRack(() -> new Lane(tensors, next(), names, pinning, scratchBytes));
    }

    private OrtSession next() {
        return sessions.get(Math.floorMod(lanes.getAndIncrement(), sessions.size()));
    }

    /**
     * Returns the wanted outputs, in the order wanted.
     *
     * @param inputs every input, in the order of their names, shaped as the signature says
     * @param wanted places of outputs in the signature
     * @param interruption ends the run from another thread; null when nobody will
     * @throws TidegateException INTERNAL with the runtime's reason when the graph fails on these
     *     values
     */
    @Override
    public Tensor[] run(Tensor[] inputs, int[] wanted, @Nullable Interruption interruption) {
        return run(RunInputs.of(inputs), wanted, interruption);
    }

    /**
     * Returns the wanted outputs of several requests that run as one.
     *
     * @param requests inputs of each request, as for {@link #run}, equal but for the size of the
     *     first axis, which counts the rows
     * @param wanted places of outputs in the signature, the same for all
     * @throws RowsMixedException when the graph does not give a row for each row
     * @throws TidegateException INTERNAL with the runtime's reason when the graph fails on one of
     *     the requests; which one is not known
     */
    @Override
    public Tensor[][] runTogether(
            Tensor[][] requests, int[] wanted, @Nullable Interruption interruption) {
        RunInputs inputs = RunInputs.joined(requests);
        return new RowSplit(inputs).split(run(inputs, wanted, interruption));
    }

    private Tensor[] run(RunInputs inputs, int[] wanted, @Nullable Interruption interruption) {
        Lane lane = rack.take();
        try {
            return lane.run(inputs, wanted, interruption);
        } catch (OrtException e) {
            throw new TidegateException(ErrorCode.INTERNAL, OrtReason.of(e), e);
        } finally {
            rack.putBack(lane);
        }
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public int threads() {
        return threads;
    }

    /** A graph that was opened can run. */
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void requireReady() {}

    /** Frees the graph; no run may be under way. */
    @Override
    public void close() {
        rack.close();
        close(sessions);
        count.closed(sessions.size());
    }

    /** Closes them all, whatever becomes of one. */
    static void close(List<OrtSession> sessions) {
        TidegateException failure = null;
        for (OrtSession session : sessions) {
            try {
                session.close();
            } catch (OrtException e) {
                failure = new TidegateException(ErrorCode.INTERNAL, OrtReason.of(e), e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
