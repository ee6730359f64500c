package dev.tidegate.server.inference.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.tidegate.server.inference.ElementSize;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An output that rules fill.
 *
 * @param width elements of one row
 */
record RuleOutput(TensorSpec spec, int width) {
    /** Elements of one row, more than anybody would write down. */
    private static final long WIDEST = 1_024;

    /** Returns the output, or refuses one whose rows have no fixed size. */
    static RuleOutput of(TensorSpec spec) {
        long width = 1;
        for (int axis = 1; axis < spec.shape().size(); axis++) {
            long dimension = spec.shape().get(axis);
            width = dimension < 1 || dimension > WIDEST ? WIDEST + 1 : width * dimension;
        }
        boolean oneRow = !spec.shape().isEmpty() && Math.abs(spec.shape().getFirst()) == 1;
        if (!oneRow || width > WIDEST) {
            throw TidegateException.invalid(
                    "rules cannot give output '%s' of shape %s, expected rows in the first dimension and at most %d elements in each"
                            .formatted(spec.name(), spec.shape(), WIDEST));
        }
        return new RuleOutput(spec, (int) width);
    }

    String name() {
        return spec.name();
    }

    /** Returns the type that an expression must have. */
    CelType celType() {
        CelType element =
                switch (spec.datatype()) {
                    case BYTES -> SimpleType.STRING;
                    case BOOL -> SimpleType.BOOL;
                    case FP16, BF16, FP32, FP64 -> SimpleType.DOUBLE;
                    case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> SimpleType.INT;
                };
        return width == 1 ? element : ListType.create(element);
    }

    /** Returns a type as a message says it. */
    static String label(CelType type) {
        return type instanceof ListType list ? "list(" + label(list.elemType()) + ")" : type.name();
    }

    /**
     * Returns the tensor.
     *
     * @param values of each row
     */
    Tensor tensor(List<Object> values) {
        List<Object> elements =
                width == 1 ? values : values.stream().flatMap(row -> row(row).stream()).toList();
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        shape[0] = values.size();
        if (spec.datatype() == DataType.BYTES) {
            return new StringTensor(
                    shape, elements.stream().map(Object::toString).toArray(String[]::new));
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(elements.size() * ElementSize.of(spec.datatype()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        elements.forEach(value -> put(value, bytes));
        return new NumericTensor(spec.datatype(), shape, bytes.flip());
    }

    private List<Object> row(Object value) {
        List<Object> list = value instanceof List<?> given ? List.copyOf(given) : List.of(value);
        if (list.size() != width) {
            throw new TidegateException(
                    ErrorCode.INTERNAL,
                    "rules: output '%s' got %d elements for a row, expected %d"
                            .formatted(name(), list.size(), width));
        }
        return list;
    }

    private void put(Object value, ByteBuffer bytes) {
        if (value instanceof Boolean truth) {
            bytes.put((byte) (truth ? 1 : 0));
            return;
        }
        Number number = (Number) value;
        switch (spec.datatype()) {
            case FP64 -> bytes.putDouble(number.doubleValue());
            case FP32 -> bytes.putFloat(number.floatValue());
            case FP16 -> bytes.putShort(Float.floatToFloat16(number.floatValue()));
            case BF16 -> bytes.putShort((short) (Float.floatToIntBits(number.floatValue()) >>> 16));
            case UINT8 -> bytes.put((byte) ranged(number, 0, 255));
            case INT8 -> bytes.put((byte) ranged(number, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT16 -> bytes.putShort((short) ranged(number, 0, 65_535));
            case INT16 -> bytes.putShort((short) ranged(number, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT32 -> bytes.putInt((int) ranged(number, 0, 0xFFFF_FFFFL));
            case INT32 -> bytes.putInt((int) ranged(number, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT64 -> bytes.putLong(ranged(number, 0, Long.MAX_VALUE));
            case INT64 -> bytes.putLong(number.longValue());
            case BOOL, BYTES ->
                    throw new IllegalStateException(
                            "output '%s' is %s and got %s"
                                    .formatted(name(), spec.datatype(), value));
        }
    }

    private long ranged(Number number, long least, long most) {
        long value = number.longValue();
        if (value < least || value > most) {
            throw new TidegateException(
                    ErrorCode.INTERNAL,
                    "rules: output '%s' got %d, expected %d to %d for %s"
                            .formatted(name(), value, least, most, spec.datatype()));
        }
        return value;
    }
}
