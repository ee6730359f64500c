package dev.tidegate.server.inference;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Typed contents to tensors and back. */
final class ContentsProtoMapper {

    Tensor read(InputPlan input, InferTensorContents contents, long[] shape, long elements) {
        requireCount(input, contents, shape, elements);
        if (ElementSize.of(input.datatype()) == 0) {
            return new StringTensor(shape, strings(input, contents));
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(elements * ElementSize.of(input.datatype())))
                        .order(ByteOrder.LITTLE_ENDIAN);
        fill(input, contents, bytes);
        return new NumericTensor(input.datatype(), shape, bytes.flip());
    }

    private static void requireCount(
            InputPlan input, InferTensorContents contents, long[] shape, long elements) {
        TypedFieldProtoMapper field = TypedFieldProtoMapper.of(input.datatype());
        if (field == TypedFieldProtoMapper.NONE) {
            throw input.invalid(
                    "%s comes in raw_input_contents only, the protocol has no typed field for it"
                            .formatted(input.datatype()));
        }
        TypedFieldProtoMapper other = TypedFieldProtoMapper.filledBeside(field, contents);
        if (other != TypedFieldProtoMapper.NONE) {
            throw input.invalid(
                    "contents came in %s, expected %s for %s"
                            .formatted(other.wireName(), field.wireName(), input.datatype()));
        }
        if (field.count(contents) != elements) {
            throw input.invalid(
                    "%d elements came in %s, expected %d for shape %s"
                            .formatted(
                                    field.count(contents),
                                    field.wireName(),
                                    elements,
                                    InputPlan.text(shape)));
        }
    }

    private static String[] strings(InputPlan input, InferTensorContents contents) {
        List<ByteString> list = contents.getBytesContentsList();
        String[] values = new String[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = RawStrings.text(input, list.get(i).toByteArray(), i);
        }
        return values;
    }

    private static void fill(InputPlan input, InferTensorContents contents, ByteBuffer bytes) {
        switch (input.datatype()) {
            case BOOL -> contents.getBoolContentsList().forEach(v -> bytes.put((byte) (v ? 1 : 0)));
            case UINT8 ->
                    contents.getUintContentsList()
                            .forEach(v -> bytes.put((byte) ranged(input, v, 0, 255)));
            case UINT16 ->
                    contents.getUintContentsList()
                            .forEach(v -> bytes.putShort((short) ranged(input, v, 0, 65535)));
            case UINT32 -> contents.getUintContentsList().forEach(bytes::putInt);
            case UINT64 -> contents.getUint64ContentsList().forEach(bytes::putLong);
            case INT8 ->
                    contents.getIntContentsList()
                            .forEach(v -> bytes.put((byte) ranged(input, v, -128, 127)));
            case INT16 ->
                    contents.getIntContentsList()
                            .forEach(v -> bytes.putShort((short) ranged(input, v, -32768, 32767)));
            case INT32 -> contents.getIntContentsList().forEach(bytes::putInt);
            case INT64 -> contents.getInt64ContentsList().forEach(bytes::putLong);
            case FP32 -> contents.getFp32ContentsList().forEach(bytes::putFloat);
            case FP64 -> contents.getFp64ContentsList().forEach(bytes::putDouble);
            case FP16, BF16, BYTES ->
                    throw new IllegalArgumentException(input.datatype() + " has no numeric field");
        }
    }

    private static int ranged(InputPlan input, int value, int low, int high) {
        if (value < low || value > high) {
            throw input.invalid(
                    "value %d came, expected %d to %d for %s"
                            .formatted(value, low, high, input.datatype()));
        }
        return value;
    }

    InferTensorContents write(Tensor tensor) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        switch (tensor) {
            case StringTensor text ->
                    Arrays.stream(text.values())
                            .map(ByteString::copyFromUtf8)
                            .forEach(contents::addBytesContents);
            case NumericTensor numeric -> write(numeric, contents);
        }
        return contents.build();
    }

    private static void write(NumericTensor tensor, InferTensorContents.Builder contents) {
        ByteBuffer bytes = tensor.bytes();
        int size = ElementSize.of(tensor.datatype());
        for (int at = 0; at < bytes.limit(); at += size) {
            switch (tensor.datatype()) {
                case BOOL -> contents.addBoolContents(bytes.get(at) != 0);
                case UINT8 -> contents.addUintContents(Byte.toUnsignedInt(bytes.get(at)));
                case UINT16 -> contents.addUintContents(Short.toUnsignedInt(bytes.getShort(at)));
                case UINT32 -> contents.addUintContents(bytes.getInt(at));
                case UINT64 -> contents.addUint64Contents(bytes.getLong(at));
                case INT8 -> contents.addIntContents(bytes.get(at));
                case INT16 -> contents.addIntContents(bytes.getShort(at));
                case INT32 -> contents.addIntContents(bytes.getInt(at));
                case INT64 -> contents.addInt64Contents(bytes.getLong(at));
                case FP32 -> contents.addFp32Contents(bytes.getFloat(at));
                case FP64 -> contents.addFp64Contents(bytes.getDouble(at));
                case FP16, BF16, BYTES ->
                        throw new IllegalArgumentException(
                                tensor.datatype() + " has no typed field");
            }
        }
    }
}
