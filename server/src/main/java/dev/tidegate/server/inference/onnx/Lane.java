package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.server.inference.Interruption;
import dev.tidegate.server.inference.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of one run at a time, kept bound for the next run of the same shapes: one set for each
 * number of rows, the newest few, as long as they fit into the scratch memory together.
 */
final class Lane implements AutoCloseable {
    /** Numbers of rows that have buffers at a time: those of batches, and some more. */
    static final int MOST_BINDINGS = 64;

    private final TensorFactory tensors;
    private final OrtSession session;
    private final TensorNames names;
    private final OutputPinning pinning;
    private final int scratchBytes;

    /** By number of rows, the one used longest ago first. */
    private final Map<Integer, Binding> bindings = new LinkedHashMap<>(16, 0.75f, true);

    private @Nullable Binding newest;
    private long bytes;

    Lane(
            TensorFactory tensors,
            OrtSession session,
            TensorNames names,
            OutputPinning pinning,
            int scratchBytes) {
        this.tensors = tensors;
        this.session = session;
        this.names = names;
        this.pinning = pinning;
        this.scratchBytes = scratchBytes;
    }

    Tensor[] run(RunInputs inputs, int[] wanted, @Nullable Interruption interruption)
            throws OrtException {
        Binding bound = bind(inputs, wanted);
        long before = bound.bytes();
        try {
            return bound.run(session, inputs, interruption);
        } catch (OrtException e) {
            boolean interrupted = interruption != null && interruption.isInterrupted();
            if (interrupted || !bound.isPinned()) {
                throw e;
            }
            return runUnpinned(bound, inputs, interruption);
        } finally {
            keep(bound.bytes() - before);
        }
    }

    private Tensor[] runUnpinned(
            Binding bound, RunInputs inputs, @Nullable Interruption interruption)
            throws OrtException {
        bound.unpin();
        Tensor[] outputs = bound.run(session, inputs, interruption);
        pinning.forbid();
        bound.unpin();
        return outputs;
    }

    private Binding bind(RunInputs inputs, int[] wanted) throws OrtException {
        Binding last = newest;
        if (last != null && last.fits(inputs, wanted)) {
            return last;
        }
        Integer rows = inputs.rows();
        Binding known = bindings.get(rows);
        if (known == null || !known.fits(inputs, wanted)) {
            drop(rows);
            if (bindings.size() == MOST_BINDINGS) {
                drop(bindings.keySet().iterator().next());
            }
            known = new Binding(tensors, names, pinning, inputs, wanted);
            bindings.put(rows, known);
            bytes += known.bytes();
        }
        newest = known;
        return known;
    }

    /** Returns whether its last run wrote its outputs into buffers that were made before. */
    boolean isPinned() {
        Binding last = newest;
        return last != null && last.isPinned();
    }

    int bindings() {
        return bindings.size();
    }

    private void drop(Integer rows) {
        Binding former = bindings.remove(rows);
        if (former != null) {
            newest = null;
            bytes -= former.bytes();
            former.close();
        }
    }

    private void keep(long grown) {
        bytes += grown;
        if (bytes > scratchBytes) {
            close();
        }
    }

    @Override
    public void close() {
        newest = null;
        bytes = 0;
        bindings.values().forEach(Binding::close);
        bindings.clear();
    }
}
