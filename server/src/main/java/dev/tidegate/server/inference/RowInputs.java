package dev.tidegate.server.inference;

import java.util.Arrays;

/** One row as a graph takes it, checked against the signature. */
public final class RowInputs {
    private final Tensor[] tensors;

    /**
     * @param tensors in the order of the inputs' names
     */
    RowInputs(Tensor[] tensors) {
        this.tensors = tensors;
    }

    Tensor[] tensors() {
        return tensors;
    }

    boolean hasShapesOf(RowInputs other) {
        for (int i = 0; i < tensors.length; i++) {
            if (!Arrays.equals(tensors[i].shape(), other.tensors[i].shape())) {
                return false;
            }
        }
        return true;
    }
}
