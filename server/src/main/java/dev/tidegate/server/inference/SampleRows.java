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
import java.util.random.RandomGenerator;

/** Made-up requests of one row that fit a signature; inputs in the order of their names. */
final class SampleRows {
    private final ModelSignature signature;
    private final RandomGenerator random;

    private SampleRows(ModelSignature signature, RandomGenerator random) {
        this.signature = signature;
        this.random = random;
    }

    /** Returns a row of zeros and first categories. */
    static Tensor[] zeros(ModelSignature signature) {
        return new SampleRows(signature, () -> 0).row();
    }

    /** Returns a row of small numbers and any categories. */
    static Tensor[] drawn(ModelSignature signature, RandomGenerator random) {
        return new SampleRows(signature, random).row();
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
        if (spec.datatype() == DataType.BYTES) {
            String[] values = new String[elements];
            Arrays.setAll(values, i -> text(spec, i));
            return new StringTensor(shape, values);
        }
        ByteBuffer values =
                ByteBuffer.allocate(elements * ElementSize.of(spec.datatype()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            put(spec.datatype(), values);
        }
        return new NumericTensor(spec.datatype(), shape, values.flip());
    }

    private void put(DataType datatype, ByteBuffer values) {
        int bit = random.nextInt(2);
        switch (datatype) {
            case FP32 -> values.putFloat(bit * random.nextFloat());
            case FP64 -> values.putDouble(bit * random.nextDouble());
            case FP16 -> values.putShort(Float.floatToFloat16(bit * random.nextFloat()));
            case BF16 ->
                    values.putShort(
                            (short) (Float.floatToIntBits(bit * random.nextFloat()) >>> 16));
            case BOOL, UINT8, INT8 -> values.put((byte) bit);
            case UINT16, INT16 -> values.putShort((short) bit);
            case UINT32, INT32 -> values.putInt(bit);
            case UINT64, INT64 -> values.putLong(bit);
            case BYTES -> throw new IllegalStateException("strings are no numbers");
        }
    }

    private String text(TensorSpec spec, int element) {
        return signature.columns().stream()
                .filter(column -> column.input().equals(spec.name()) && column.index() == element)
                .map(Column::allowed)
                .filter(allowed -> !allowed.isEmpty())
                .map(this::any)
                .findFirst()
                .orElse("");
    }

    private String any(List<String> allowed) {
        return allowed.get(random.nextInt(allowed.size()));
    }
}
