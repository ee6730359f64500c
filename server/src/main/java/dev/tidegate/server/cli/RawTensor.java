package dev.tidegate.server.cli;

import dev.tidegate.server.registry.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Elements of a tensor as they lie on the wire: row-major, little-endian, no padding. */
final class RawTensor {
    private RawTensor() {}

    static List<Object> values(DataType type, ByteBuffer raw) {
        ByteBuffer bytes = raw.order(ByteOrder.LITTLE_ENDIAN);
        List<Object> values = new ArrayList<>();
        while (bytes.hasRemaining()) {
            values.add(next(type, bytes));
        }
        return values;
    }

    private static Object next(DataType type, ByteBuffer bytes) {
        return switch (type) {
            case BOOL -> bytes.get() != 0;
            case INT8 -> bytes.get();
            case UINT8 -> Byte.toUnsignedInt(bytes.get());
            case INT16 -> bytes.getShort();
            case UINT16 -> Short.toUnsignedInt(bytes.getShort());
            case INT32 -> bytes.getInt();
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt());
            case INT64 -> bytes.getLong();
            case UINT64 -> new java.math.BigInteger(Long.toUnsignedString(bytes.getLong()));
            case FP16 -> (double) Float.float16ToFloat(bytes.getShort());
            case BF16 -> (double) Float.intBitsToFloat(bytes.getShort() << 16);
            case FP32 -> Double.parseDouble(Float.toString(bytes.getFloat()));
            case FP64 -> bytes.getDouble();
            case BYTES -> text(bytes);
        };
    }

    /** Each string stands behind its length in four bytes. */
    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
