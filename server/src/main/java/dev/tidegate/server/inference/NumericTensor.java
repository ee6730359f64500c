package dev.tidegate.server.inference;

import dev.tidegate.server.registry.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor of fixed-width elements, little-endian as the protocol sends them. */
public final class NumericTensor implements Tensor {
    private final DataType datatype;
    private final long[] shape;
    private final ByteBuffer bytes;

    /**
     * @param datatype anything but BYTES
     * @param shape its dimensions
     * @param bytes the elements between position and limit
     */
    public NumericTensor(DataType datatype, long[] shape, ByteBuffer bytes) {
        this.datatype = datatype;
        this.shape = shape;
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public DataType datatype() {
        return datatype;
    }

    @Override
    public long[] shape() {
        return shape;
    }

    /** Returns the elements from 0 to limit, little-endian; read it by absolute index only. */
    public ByteBuffer bytes() {
        return bytes;
    }
}
