package dev.tidegate.server.inference;

import java.nio.ByteBuffer;

/** Reads elements of a numeric tensor as doubles. */
public record NumberReader(ByteBuffer bytes, NumberReader.Element element, int size) {

    public static NumberReader of(NumericTensor tensor) {
        Element element =
                switch (tensor.datatype()) {
                    case FP32 -> (bytes, at) -> bytes.getFloat(at);
                    case FP64 -> ByteBuffer::getDouble;
                    case FP16 -> (bytes, at) -> Float.float16ToFloat(bytes.getShort(at));
                    case BF16 -> (bytes, at) -> Float.intBitsToFloat(bytes.getShort(at) << 16);
                    case BOOL, UINT8 -> (bytes, at) -> Byte.toUnsignedInt(bytes.get(at));
                    case INT8 -> (bytes, at) -> bytes.get(at);
                    case UINT16 -> (bytes, at) -> Short.toUnsignedInt(bytes.getShort(at));
                    case INT16 -> (bytes, at) -> bytes.getShort(at);
                    case UINT32 -> (bytes, at) -> Integer.toUnsignedLong(bytes.getInt(at));
                    case INT32 -> (bytes, at) -> bytes.getInt(at);
                    case UINT64, INT64 -> ByteBuffer::getLong;
                    case BYTES -> throw new IllegalArgumentException("BYTES are no numbers");
                };
        return new NumberReader(tensor.bytes(), element, ElementSize.of(tensor.datatype()));
    }

    int length() {
        return bytes.limit() / size;
    }

    public double at(int index) {
        return element.read(bytes, index * size);
    }

    /** How one element is read from its first byte. */
    public interface Element {
        double read(ByteBuffer bytes, int at);
    }
}
