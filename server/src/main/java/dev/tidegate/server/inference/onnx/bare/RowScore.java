package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;

/** Gives a row a score. */
interface RowScore {
    /**
     * Returns the score of a row that lies in a message.
     *
     * @param at where it begins
     */
    float score(ByteBuffer message, int at) throws OrtException;
}
