package dev.tidegate.server.benchmark.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The one row that every request asks about, and the names of its columns. */
final class FixedRow {
    static final long SEED = 20_261_121;

    private final List<Float> values;

    FixedRow() {
        Random random = new Random(SEED);
        values = IntStream.range(0, TreeGraph.COLUMNS).mapToObj(i -> random.nextFloat()).toList();
    }

    List<Float> values() {
        return values;
    }

    /** Returns the columns' names. */
    static List<String> names() {
        return IntStream.range(0, TreeGraph.COLUMNS).mapToObj(i -> "f" + i).toList();
    }

    /** Returns the values as the protocol has them raw. */
    byte[] raw() {
        ByteBuffer raw =
                ByteBuffer.allocate(TreeGraph.COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(raw::putFloat);
        return raw.array();
    }
}
