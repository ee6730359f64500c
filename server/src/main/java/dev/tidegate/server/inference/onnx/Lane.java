package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.server.inference.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of one run at a time, kept bound for the next run of the same shapes: one set for each
 * number of rows, as long as they fit into the scratch memory together.
 */
final class Lane implements AutoCloseable {
    private final TensorFactory tensors;
    private final OrtSession session;
    private final TensorNames names;
    private final OutputPinning pinning;
    private final int scratchBytes;
    private final Map<Integer, Binding> bindings = new HashMap<>();
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
            known = new Binding(tensors, names, pinning, inputs, wanted);
            bindings.put(rows, known);
            bytes += known.bytes();
        }
        newest = known;
        return known;
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
