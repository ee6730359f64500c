package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.server.inference.Tensor;
import org.jspecify.annotations.Nullable;

/** Buffers of one run at a time, kept bound for the next run of the same shapes. */
final class Lane implements AutoCloseable {
    private final TensorFactory tensors;
    private final OrtSession session;
    private final TensorNames names;
    private final OutputPinning pinning;
    private final int scratchBytes;
    private @Nullable Binding binding;

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

    Tensor[] run(Tensor[] inputs, int[] wanted, @Nullable Interruption interruption)
            throws OrtException {
        Binding bound = bind(inputs, wanted);
        try {
            return bound.run(session, inputs, interruption);
        } catch (OrtException e) {
            boolean interrupted = interruption != null && interruption.isInterrupted();
            if (interrupted || !bound.isPinned() || !pinning.mayBeWrong()) {
                throw e;
            }
            return runUnpinned(bound, inputs, interruption);
        } finally {
            release(bound);
        }
    }

    private Tensor[] runUnpinned(
            Binding bound, Tensor[] inputs, @Nullable Interruption interruption)
            throws OrtException {
        bound.unpin();
        Tensor[] outputs = bound.run(session, inputs, interruption);
        pinning.forbid();
        return outputs;
    }

    private Binding bind(Tensor[] inputs, int[] wanted) throws OrtException {
        Binding current = binding;
        if (current != null && current.fits(inputs, wanted)) {
            return current;
        }
        close();
        Binding fresh = new Binding(tensors, names, pinning, inputs, wanted);
        binding = fresh;
        return fresh;
    }

    private void release(Binding used) {
        if (used.bytes() > scratchBytes) {
            close();
        }
    }

    @Override
    public void close() {
        Binding current = binding;
        binding = null;
        if (current != null) {
            current.close();
        }
    }
}
