package dev.tidegate.server.inference;

import dev.tidegate.server.registry.DataType;

/** A tensor of strings, BYTES in the protocol. */
public final class StringTensor implements Tensor {
    private final long[] shape;
    private final String[] values;

    /**
     * @param shape its dimensions
     * @param values as many strings as the shape holds
     */
    public StringTensor(long[] shape, String[] values) {
        this.shape = shape;
        this.values = values;
    }

    @Override
    public DataType datatype() {
        return DataType.BYTES;
    }

    @Override
    public long[] shape() {
        return shape;
    }

    public String[] values() {
        return values;
    }
}
