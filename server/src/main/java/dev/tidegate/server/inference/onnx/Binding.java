package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.tidegate.server.inference.Interruption;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tensors of the runtime over buffers of ours, for one set of input shapes and wanted outputs. */
final class Binding implements AutoCloseable {
    private final TensorFactory tensors;
    private final TensorNames names;
    private final OutputPinning pinning;
    private final int[] wanted;
    private final long[][] shapes;
    private final @Nullable BoundBuffer[] inputBuffers;
    private final @Nullable BoundBuffer[] outputBuffers;
    private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    private final Set<String> unpinned = new LinkedHashSet<>();
    private boolean observed;

    Binding(
            TensorFactory tensors,
            TensorNames names,
            OutputPinning pinning,
            RunInputs inputs,
            int[] wanted)
            throws OrtException {
        this.tensors = tensors;
        this.names = names;
        this.pinning = pinning;
        this.wanted = wanted;
        this.shapes = new long[inputs.count()][];
        this.inputBuffers = new BoundBuffer[inputs.count()];
        this.outputBuffers = new BoundBuffer[wanted.length];
        for (int output : wanted) {
            unpinned.add(names.output(output));
        }
        try {
            bind(inputs);
        } catch (OrtException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void bind(RunInputs inputs) throws OrtException {
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = inputs.shape(i);
            if (inputs.isNumeric(i)) {
                BoundBuffer buffer =
                        BoundBuffer.allocate(
                                tensors, names.inputType(i), shapes[i], inputs.bytes(i));
                inputBuffers[i] = buffer;
                fed.put(names.input(i), buffer.tensor());
            }
        }
    }

    boolean fits(RunInputs inputs, int[] outputs) {
        return (outputs == wanted || Arrays.equals(outputs, wanted)) && inputs.hasShapes(shapes);
    }

    boolean isPinned() {
        return !pinned.isEmpty();
    }

    /** Returns how much memory it holds outside the heap. */
    long bytes() {
        return bytes(inputBuffers) + bytes(outputBuffers);
    }

    Tensor[] run(OrtSession session, RunInputs inputs, @Nullable Interruption interruption)
            throws OrtException {
        try {
            fill(inputs);
            return interruption == null
                    ? outputs(session.run(fed, unpinned, pinned))
                    : interruptible(session, interruption);
        } finally {
            closeStrings();
        }
    }

    private Tensor[] interruptible(OrtSession session, Interruption interruption)
            throws OrtException {
        try (RunOptions options = new RunOptions()) {
            interruption.begin(() -> terminate(options));
            try {
                return outputs(session.run(fed, unpinned, pinned, options));
            } finally {
                interruption.end();
            }
        }
    }

    /** Ends a run at its next operator. */
    private static void terminate(RunOptions running) {
        try {
            running.setTerminate(true);
        } catch (OrtException e) {
            throw new TidegateException(ErrorCode.INTERNAL, OrtReason.of(e), e);
        }
    }

    private void fill(RunInputs inputs) throws OrtException {
        for (int i = 0; i < shapes.length; i++) {
            if (inputs.isNumeric(i)) {
                filled(i).fill(inputs, i);
            } else {
                fed.put(names.input(i), tensors.of(inputs.strings(i)));
            }
        }
    }

    private BoundBuffer filled(int input) {
        BoundBuffer buffer = inputBuffers[input];
        if (buffer == null) {
            throw new IllegalStateException(
                    "input '%s' was bound as strings and came as numbers"
                            .formatted(names.input(input)));
        }
        return buffer;
    }

    private void closeStrings() {
        for (int i = 0; i < inputBuffers.length; i++) {
            if (inputBuffers[i] == null) {
                OnnxTensor text = fed.remove(names.input(i));
                if (text != null) {
                    text.close();
                }
            }
        }
    }

    private Tensor[] outputs(Result result) throws OrtException {
        try (result) {
            Tensor[] outputs = new Tensor[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                BoundBuffer buffer = outputBuffers[i];
                outputs[i] =
                        buffer == null
                                ? ResultTensor.copy(result, names.output(wanted[i]))
                                : buffer.copy();
            }
            if (!observed) {
                observed = true;
                pin(outputs);
            }
            return outputs;
        }
    }

    private void pin(Tensor[] outputs) throws OrtException {
        for (int i = 0; i < wanted.length; i++) {
            String name = names.output(wanted[i]);
            if (pinning.allows(wanted[i])
                    && outputs[i] instanceof NumericTensor numeric
                    && numeric.bytes().hasRemaining()) {
                BoundBuffer buffer = BoundBuffer.of(tensors, numeric);
                outputBuffers[i] = buffer;
                pinned.put(name, buffer.tensor());
                unpinned.remove(name);
            }
        }
    }

    /** Lets the runtime choose the outputs' memory until the next run that succeeds. */
    void unpin() {
        observed = false;
        unpinned.addAll(pinned.keySet());
        pinned.clear();
        close(outputBuffers);
    }

    @Override
    public void close() {
        close(inputBuffers);
        close(outputBuffers);
    }

    private static void close(@Nullable BoundBuffer[] buffers) {
        for (int i = 0; i < buffers.length; i++) {
            BoundBuffer buffer = buffers[i];
            if (buffer != null) {
                buffer.close();
                buffers[i] = null;
            }
        }
    }

    private static long bytes(@Nullable BoundBuffer[] buffers) {
        long bytes = 0;
        for (BoundBuffer buffer : buffers) {
            bytes += buffer == null ? 0 : buffer.bytes();
        }
        return bytes;
    }
}
