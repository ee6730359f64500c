package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.registry.DataType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap that the runtime reads or writes in place. */
final class BoundBuffer implements AutoCloseable {
    private final DataType datatype;
    private final long[] shape;
    private final NativeMemory source;
    private final MemorySegment block;
    private final ByteBuffer memory;
    private final OnnxTensor tensor;
    private boolean closed;

    private BoundBuffer(TensorFactory tensors, DataType datatype, long[] shape, MemorySegment block)
            throws OrtException {
        this.datatype = datatype;
        this.shape = shape;
        this.source = tensors.memory();
        this.block = block;
        this.memory = block.asByteBuffer().order(ByteOrder.nativeOrder());
        this.tensor = tensors.over(memory, shape, datatype);
    }

    /** Returns a buffer with the type and shape of {@code like}, its values left out. */
    static BoundBuffer of(TensorFactory tensors, NumericTensor like) throws OrtException {
        return allocate(tensors, like.datatype(), like.shape(), like.bytes().limit());
    }

    /** Returns a buffer for a tensor that has this many bytes. */
    static BoundBuffer allocate(TensorFactory tensors, DataType datatype, long[] shape, int bytes)
            throws OrtException {
        MemorySegment block = tensors.memory().allocate(bytes);
        try {
            return new BoundBuffer(tensors, datatype, shape, block);
        } catch (OrtException | RuntimeException e) {
            tensors.memory().free(block);
            throw e;
        }
    }

    OnnxTensor tensor() {
        return tensor;
    }

    int bytes() {
        return memory.capacity();
    }

    void fill(RunInputs inputs, int input) {
        inputs.copy(input, memory);
    }

    NumericTensor copy() {
        byte[] values = new byte[memory.capacity()];
        memory.get(0, values);
        return new NumericTensor(datatype, shape, ByteBuffer.wrap(values));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tensor.close();
            source.free(block);
        }
    }
}
