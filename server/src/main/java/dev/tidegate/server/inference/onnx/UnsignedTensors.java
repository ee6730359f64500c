package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.tidegate.server.registry.DataType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Makes tensors of unsigned integers of 16, 32 and 64 bits.
 *
 * <p>The runtime takes them, and its Java classes can say what they are, but its public methods
 * derive the type of the elements from the Java type, which is the signed one. What they call
 * underneath takes any type, so that is called here; {@code docs/decisions/0040} says why.
 */
final class UnsignedTensors {
    private final MethodHandle fromBuffer;
    private final MethodHandle wrap;
    private final MethodHandle describe;
    private final long api;
    private final long allocator;

    UnsignedTensors(OrtEnvironment environment) {
        try {
            MethodHandles.Lookup inside =
                    MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup());
            fromBuffer = inside.findStatic(OnnxTensor.class, "createTensorFromBuffer", creation());
            wrap = inside.findConstructor(OnnxTensor.class, wrapping());
            describe = inside.findConstructor(TensorInfo.class, description());
            Class<?> runtime = inside.findClass("ai.onnxruntime.OnnxRuntime");
            api = (long) inside.findStaticVarHandle(runtime, "ortApiHandle", long.class).get();
            Class<?> kind = inside.findClass("ai.onnxruntime.OrtAllocator");
            Object standard =
                    inside.findVarHandle(OrtEnvironment.class, "defaultAllocator", kind)
                            .get(environment);
            allocator = (long) inside.findVarHandle(kind, "handle", long.class).get(standard);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this ONNX Runtime makes tensors in another way than 1.29", e);
        }
    }

    private static MethodType creation() {
        return MethodType.methodType(
                long.class,
                long.class,
                long.class,
                Buffer.class,
                int.class,
                long.class,
                long[].class,
                int.class);
    }

    private static MethodType wrapping() {
        return MethodType.methodType(
                void.class, long.class, long.class, TensorInfo.class, Buffer.class, boolean.class);
    }

    private static MethodType description() {
        return MethodType.methodType(
                void.class, long[].class, OnnxJavaType.class, OnnxTensorType.class);
    }

    /**
     * Returns a tensor over the memory, which stays the caller's.
     *
     * @param memory direct, from position 0 to its capacity
     */
    OnnxTensor over(ByteBuffer memory, long[] shape, DataType datatype) throws OrtException {
        OnnxTensorType type = type(datatype);
        try {
            TensorInfo info =
                    (TensorInfo)
                            describe.invokeExact(
                                    shape, OnnxJavaType.mapFromOnnxTensorType(type), type);
            long handle =
                    (long)
                            fromBuffer.invokeExact(
                                    api,
                                    allocator,
                                    (Buffer) memory,
                                    0,
                                    (long) memory.capacity(),
                                    shape,
                                    type.value);
            return (OnnxTensor) wrap.invokeExact(handle, allocator, info, (Buffer) memory, false);
        } catch (OrtException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a tensor of " + datatype + " cannot be made", e);
        }
    }

    static boolean isNeededFor(DataType datatype) {
        return switch (datatype) {
            case UINT16, UINT32, UINT64 -> true;
            case BOOL, UINT8, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES -> false;
        };
    }

    private static OnnxTensorType type(DataType datatype) {
        return switch (datatype) {
            case UINT16 -> OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16;
            case UINT32 -> OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32;
            case UINT64 -> OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64;
            case BOOL, UINT8, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES ->
                    throw new IllegalArgumentException(
                            datatype + " is made by the runtime's public methods");
        };
    }
}
