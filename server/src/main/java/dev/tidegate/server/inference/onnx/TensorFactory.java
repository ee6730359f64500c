package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.registry.DataType;
import java.nio.ByteBuffer;

/** Makes the runtime's tensors of every element type. */
final class TensorFactory {
    private final OrtEnvironment environment;
    private final UnsignedTensors unsigned;
    private final NativeMemory memory = new NativeMemory();

    TensorFactory(OrtEnvironment environment) {
        this.environment = environment;
        this.unsigned = new UnsignedTensors(environment);
    }

    /** Returns where buffers for tensors come from. */
    NativeMemory memory() {
        return memory;
    }

    /**
     * Returns a tensor over the memory, which stays the caller's.
     *
     * @param memory direct, all of it elements
     */
    OnnxTensor over(ByteBuffer memory, long[] shape, DataType datatype) throws OrtException {
        return UnsignedTensors.isNeededFor(datatype)
                ? unsigned.over(memory, shape, datatype)
                : OnnxTensor.createTensor(environment, memory, shape, ElementType.java(datatype));
    }

    /** Returns a copy of the strings. */
    OnnxTensor of(StringTensor text) throws OrtException {
        return OnnxTensor.createTensor(environment, text.values(), text.shape());
    }
}
