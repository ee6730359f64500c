package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes raw elements as one flat list of JSON values; whole numbers are exact. */
public final class ElementWriter {
    private ElementWriter() {}

    static void write(JsonGenerator json, DataType type, ByteBuffer raw) throws IOException {
        ByteBuffer bytes = raw.order(ByteOrder.LITTLE_ENDIAN);
        json.writeStartArray();
        while (bytes.hasRemaining()) {
            next(json, type, bytes);
        }
        json.writeEndArray();
    }

    /** Writes the next element of little-endian bytes. */
    public static void next(JsonGenerator json, DataType type, ByteBuffer bytes)
            throws IOException {
        switch (type) {
            case BOOL -> json.writeBoolean(bytes.get() != 0);
            case INT8 -> json.writeNumber((int) bytes.get());
            case UINT8 -> json.writeNumber(Byte.toUnsignedInt(bytes.get()));
            case INT16 -> json.writeNumber((int) bytes.getShort());
            case UINT16 -> json.writeNumber(Short.toUnsignedInt(bytes.getShort()));
            case INT32 -> json.writeNumber(bytes.getInt());
            case UINT32 -> json.writeNumber(Integer.toUnsignedLong(bytes.getInt()));
            case INT64 -> json.writeNumber(bytes.getLong());
            case UINT64 -> json.writeNumber(Long.toUnsignedString(bytes.getLong()));
            case FP16 -> json.writeNumber(Float.float16ToFloat(bytes.getShort()));
            case BF16 -> json.writeNumber(Float.intBitsToFloat(bytes.getShort() << 16));
            case FP32 -> json.writeNumber(bytes.getFloat());
            case FP64 -> json.writeNumber(bytes.getDouble());
            case BYTES -> text(json, bytes);
        }
    }

    private static void text(JsonGenerator json, ByteBuffer bytes) throws IOException {
        byte[] utf8 = new byte[bytes.getInt()];
        bytes.get(utf8);
        json.writeUTF8String(utf8, 0, utf8.length);
    }
}
