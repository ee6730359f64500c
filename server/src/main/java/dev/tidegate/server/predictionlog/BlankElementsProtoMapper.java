package dev.tidegate.server.predictionlog;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntConsumer;

/** Empties the redacted elements of one tensor, whose content fits its shape. */
final class BlankElementsProtoMapper {
    private static final String TEXT = "BYTES";

    private final RedactedTensor redacted;
    private final String datatype;
    private final long width;
    private final long elements;

    BlankElementsProtoMapper(RedactedTensor redacted, String datatype, List<Long> shape) {
        this.redacted = redacted;
        this.datatype = datatype;
        this.width = shape.size() > 1 ? shape.getLast() : 1;
        this.elements = shape.stream().reduce(1L, (a, b) -> a * b);
    }

    InferTensorContents typed(InferTensorContents contents) {
        InferTensorContents.Builder blank = contents.toBuilder();
        each(contents.getBoolContentsCount(), i -> blank.setBoolContents(i, false));
        each(contents.getIntContentsCount(), i -> blank.setIntContents(i, 0));
        each(contents.getInt64ContentsCount(), i -> blank.setInt64Contents(i, 0));
        each(contents.getUintContentsCount(), i -> blank.setUintContents(i, 0));
        each(contents.getUint64ContentsCount(), i -> blank.setUint64Contents(i, 0));
        each(contents.getFp32ContentsCount(), i -> blank.setFp32Contents(i, Float.NaN));
        each(contents.getFp64ContentsCount(), i -> blank.setFp64Contents(i, Double.NaN));
        each(contents.getBytesContentsCount(), i -> blank.setBytesContents(i, ByteString.EMPTY));
        return blank.build();
    }

    private void each(long count, IntConsumer blank) {
        for (int i = 0; i < count; i++) {
            if (redacted.has(i, width)) {
                blank.accept(i);
            }
        }
    }

    ByteString raw(ByteString content) {
        if (elements == 0) {
            return content;
        }
        return datatype.equals(TEXT) ? texts(content) : numbers(content);
    }

    private ByteString numbers(ByteString content) {
        byte[] bytes = content.toByteArray();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = (int) (bytes.length / elements);
        each(elements, i -> blank(buffer, i * size, size));
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private void blank(ByteBuffer buffer, int at, int size) {
        switch (datatype) {
            case "FP32" -> buffer.putFloat(at, Float.NaN);
            case "FP64" -> buffer.putDouble(at, Double.NaN);
            case "FP16" -> buffer.putShort(at, (short) 0x7E00);
            case "BF16" -> buffer.putShort(at, (short) 0x7FC0);
            default -> buffer.put(at, new byte[size]);
        }
    }

    /** Each text comes behind its length of 4 bytes. */
    private ByteString texts(ByteString content) {
        ByteBuffer from = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(content.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < elements; i++) {
            int length = from.getInt();
            boolean kept = !redacted.has(i, width);
            to.putInt(kept ? length : 0);
            if (kept) {
                to.put(from.slice(from.position(), length));
            }
            from.position(from.position() + length);
        }
        return ByteString.copyFrom(to.flip());
    }
}
