package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.TensorSpec;
import java.util.Arrays;
import java.util.List;

/**
 * What one tensor must be like, ready to be held against a request, or an answer from elsewhere.
 */
final class InputPlan {
    private final String kind;
    private final int place;
    private final String name;
    private final DataType datatype;
    private final long[] dimensions;
    private final List<ColumnGuard> guards;

    /**
     * @param place its position among the inputs in the order of their names
     * @param spec what the signature says of it
     * @param guards checks on its values
     */
    InputPlan(int place, TensorSpec spec, List<ColumnGuard> guards) {
        this("input", place, spec, guards);
    }

    private InputPlan(String kind, int place, TensorSpec spec, List<ColumnGuard> guards) {
        this.kind = kind;
        this.place = place;
        this.name = spec.name();
        this.datatype = spec.datatype();
        this.dimensions = spec.shape().stream().mapToLong(Long::longValue).toArray();
        this.guards = List.copyOf(guards);
    }

    /** Returns what an output must be like. */
    static InputPlan ofOutput(TensorSpec spec) {
        return new InputPlan("output", 0, spec, List.of());
    }

    int place() {
        return place;
    }

    String name() {
        return name;
    }

    DataType datatype() {
        return datatype;
    }

    void requireDatatype(String came) {
        if (!datatype.name().equals(came)) {
            throw invalid("datatype '%s' came, expected %s".formatted(Excerpt.of(came), datatype));
        }
    }

    /** Returns how many elements a shape that fits holds. */
    long requireShape(long[] came) {
        if (came.length != dimensions.length) {
            throw invalid(
                    "shape %s of rank %d came, expected rank %d, shape %s"
                            .formatted(
                                    text(came), came.length, dimensions.length, text(dimensions)));
        }
        long elements = 1;
        for (int axis = 0; axis < came.length; axis++) {
            requireDimension(came, axis);
            elements = product(elements, came, axis);
        }
        return elements;
    }

    private void requireDimension(long[] came, int axis) {
        if (came[axis] < 0) {
            throw invalid(
                    "shape %s came, whose dimension %d is %d; dimensions are not negative"
                            .formatted(text(came), axis, came[axis]));
        }
        if (dimensions[axis] >= 0 && dimensions[axis] != came[axis]) {
            throw invalid(
                    "shape %s came, expected %s (-1 is a free dimension)"
                            .formatted(text(came), text(dimensions)));
        }
    }

    private long product(long elements, long[] came, int axis) {
        long product = elements * came[axis];
        if (came[axis] > Integer.MAX_VALUE || product > Integer.MAX_VALUE) {
            throw invalid(
                    "shape %s came, which holds more than %d elements"
                            .formatted(text(came), Integer.MAX_VALUE));
        }
        return product;
    }

    void requireBytes(int came, long[] shape, long elements) {
        long expected = elements * ElementSize.of(datatype);
        if (came != expected) {
            throw invalid(
                    "%d bytes of raw content came, expected %d for %d elements of %s in shape %s"
                            .formatted(came, expected, elements, datatype, text(shape)));
        }
    }

    void guard(Tensor tensor) {
        for (ColumnGuard guard : guards) {
            guard.check(tensor);
        }
    }

    /** Returns a shape for a message. */
    static String text(long[] shape) {
        return Excerpt.of(Arrays.toString(shape));
    }

    TidegateException invalid(String what) {
        return TidegateException.invalid(kind + " '" + name + "': " + what);
    }
}
