package dev.tidegate.server.inference.row;

import dev.tidegate.server.registry.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Elements as bytes: little-endian, strings behind their length in 4 bytes. */
final class RawElements implements Elements {
    private final DataType type;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    RawElements(DataType type) {
        this.type = type;
    }

    @Override
    public void add(Object cell) {
        String text = cell.toString().strip();
        switch (type) {
            case BYTES -> text(cell.toString().getBytes(StandardCharsets.UTF_8));
            case BOOL -> put(CellNumber.truth(text) ? 1 : 0, 1);
            case INT8, UINT8 -> put(CellNumber.whole(type, text), 1);
            case INT16, UINT16 -> put(CellNumber.whole(type, text), 2);
            case INT32, UINT32 -> put(CellNumber.whole(type, text), 4);
            case INT64, UINT64 -> put(CellNumber.whole(type, text), 8);
            case FP16 -> put(CellNumber.half(text), 2);
            case BF16 -> put(CellNumber.brain(text), 2);
            case FP32 -> put(Float.floatToRawIntBits(CellNumber.single(text)), 4);
            case FP64 -> put(Double.doubleToRawLongBits(CellNumber.real(text)), 8);
        }
    }

    private void put(long value, int length) {
        for (int i = 0; i < length; i++) {
            bytes.write((int) (value >>> (8 * i)));
        }
    }

    private void text(byte[] utf8) {
        put(utf8.length, 4);
        bytes.writeBytes(utf8);
    }

    byte[] content() {
        return bytes.toByteArray();
    }
}
