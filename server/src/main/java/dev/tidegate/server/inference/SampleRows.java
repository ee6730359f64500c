package dev.tidegate.server.inference;

import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Made-up requests of one row that fit a signature; inputs in the order of their names. */
final class SampleRows {
    private final ModelSignature signature;
    private final double scale;
    private final RandomGenerator random;

    private SampleRows(ModelSignature signature, double scale, RandomGenerator random) {
        this.signature = signature;
        this.scale = scale;
        this.random = random;
    }

    /** Returns a row of zeros and first categories. */
    static Tensor[] zeros(ModelSignature signature) {
        return new SampleRows(signature, 0, () -> 0).row();
    }

    /**
     * Returns a row of numbers, a part of them 0, and any categories.
     *
     * @param scale the largest number either side of 0; 0 draws within the ranges of the columns,
     *     or between 0 and 1 where there are none
     */
    static Tensor[] drawn(ModelSignature signature, double scale, RandomGenerator random) {
        return new SampleRows(signature, scale, random).row();
    }

    private Tensor[] row() {
        return signature.inputs().stream()
                .sorted(Comparator.comparing(TensorSpec::name))
                .map(this::tensor)
                .toArray(Tensor[]::new);
    }

    private Tensor tensor(TensorSpec spec) {
        long[] shape = spec.shape().stream().mapToLong(d -> d < 0 ? 1 : d).toArray();
        int elements = Tensor.elements(shape);
        int width = shape.length == 0 ? 1 : Math.max(1, (int) shape[shape.length - 1]);
        if (spec.datatype() == DataType.BYTES) {
            String[] values = new String[elements];
            Arrays.setAll(values, i -> text(column(spec, i % width)));
            return new StringTensor(shape, values);
        }
        ByteBuffer values =
                ByteBuffer.allocate(elements * ElementSize.of(spec.datatype()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            put(spec.datatype(), number(spec.datatype(), column(spec, i % width)), values);
        }
        return new NumericTensor(spec.datatype(), shape, values.flip());
    }

    private Optional<Column> column(TensorSpec spec, int index) {
        return signature.columns().stream()
                .filter(column -> column.input().equals(spec.name()) && column.index() == index)
                .findFirst();
    }

    private String text(Optional<Column> column) {
        return column.map(Column::allowed)
                .filter(allowed -> !allowed.isEmpty())
                .map(this::any)
                .orElse("");
    }

    private double number(DataType datatype, Optional<Column> column) {
        List<String> allowed = column.map(Column::allowed).orElse(List.of());
        if (!allowed.isEmpty()) {
            return Double.parseDouble(any(allowed));
        }
        if (scale != 0) {
            boolean isZero = random.nextInt(8) == 0;
            return isZero ? 0 : scale * (2 * random.nextDouble() - 1);
        }
        if (column.isPresent() && column.get().minimum().isPresent()) {
            return within(column.get());
        }
        return isReal(datatype) ? random.nextDouble() : random.nextInt(2);
    }

    private double within(Column column) {
        double minimum = column.minimum().orElse(0);
        return minimum + random.nextDouble() * (column.maximum().orElse(minimum) - minimum);
    }

    private static boolean isReal(DataType datatype) {
        return switch (datatype) {
            case FP32, FP64, FP16, BF16 -> true;
            case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES -> false;
        };
    }

    private static void put(DataType datatype, double value, ByteBuffer values) {
        switch (datatype) {
            case FP32 -> values.putFloat((float) value);
            case FP64 -> values.putDouble(value);
            case FP16 -> values.putShort(Float.floatToFloat16((float) value));
            case BF16 -> values.putShort((short) (Float.floatToIntBits((float) value) >>> 16));
            case BOOL -> values.put((byte) (value == 0 ? 0 : 1));
            case INT8 -> values.put((byte) Math.clamp(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> values.put((byte) Math.clamp(Math.abs(value), 0, 255));
            case INT16 -> values.putShort((short) value);
            case UINT16 -> values.putShort((short) Math.abs(value));
            case INT32 -> values.putInt((int) value);
            case UINT32 -> values.putInt((int) Math.abs(value));
            case INT64 -> values.putLong((long) value);
            case UINT64 -> values.putLong((long) Math.abs(value));
            case BYTES -> throw new IllegalStateException("strings are no numbers");
        }
    }

    private String any(List<String> allowed) {
        return allowed.get(random.nextInt(allowed.size()));
    }
}
