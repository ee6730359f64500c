package dev.tidegate.workbench.tensor;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Elements of raw tensors: little-endian, no padding, strings with a length of four bytes before
 * each.
 */
final class RawTensor {
    private RawTensor() {}

    static List<String> values(String datatype, ByteString raw) {
        ByteBuffer buffer = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        Function<ByteBuffer, String> element = element(datatype);
        List<String> values = new ArrayList<>();
        while (buffer.hasRemaining()) {
            values.add(element.apply(buffer));
        }
        return values;
    }

    private static Function<ByteBuffer, String> element(String datatype) {
        return switch (datatype) {
            case "BOOL" -> buffer -> Boolean.toString(buffer.get() != 0);
            case "INT8" -> buffer -> Byte.toString(buffer.get());
            case "UINT8" -> buffer -> Integer.toString(Byte.toUnsignedInt(buffer.get()));
            case "INT16" -> buffer -> Short.toString(buffer.getShort());
            case "UINT16" -> buffer -> Integer.toString(Short.toUnsignedInt(buffer.getShort()));
            case "INT32" -> buffer -> Integer.toString(buffer.getInt());
            case "UINT32" -> buffer -> Integer.toUnsignedString(buffer.getInt());
            case "INT64" -> buffer -> Long.toString(buffer.getLong());
            case "UINT64" -> buffer -> Long.toUnsignedString(buffer.getLong());
            case "FP16" -> buffer -> Float.toString(Float.float16ToFloat(buffer.getShort()));
            case "BF16" -> buffer -> Float.toString(Float.intBitsToFloat(buffer.getShort() << 16));
            case "FP32" -> buffer -> Float.toString(buffer.getFloat());
            case "FP64" -> buffer -> Double.toString(buffer.getDouble());
            case "BYTES" -> RawTensor::string;
            default ->
                    throw new IllegalArgumentException(
                            "Expected a data type of the protocol, got " + datatype);
        };
    }

    private static String string(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.getInt()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
