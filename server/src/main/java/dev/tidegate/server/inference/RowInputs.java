package dev.tidegate.server.inference;

import java.util.Arrays;

/** One row as a graph takes it, checked against the signature. */
public final class RowInputs {
    /** Bytes that a string takes beside its letters. */
    private static final int STRING = 40;

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

    /** Returns about how many bytes of memory it takes. */
    public long bytes() {
        long bytes = 0;
        for (Tensor tensor : tensors) {
            bytes +=
                    switch (tensor) {
                        case NumericTensor numbers -> numbers.bytes().limit();
                        case StringTensor texts -> bytes(texts.values());
                    };
        }
        return bytes;
    }

    private static long bytes(String[] texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += STRING + text.length();
        }
        return bytes;
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
