package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.TensorInfo;
import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.registry.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Copies of tensors that the runtime made. */
final class ResultTensor {
    private ResultTensor() {}

    static Tensor copy(Result result, String name) throws OrtException {
        OnnxTensor tensor =
                (OnnxTensor)
                        result.get(name)
                                .orElseThrow(() -> new IllegalStateException("no output " + name));
        TensorInfo info = tensor.getInfo();
        DataType datatype = ElementType.of(name, info);
        if (datatype == DataType.BYTES) {
            List<String> values = new ArrayList<>();
            flatten(tensor.getValue(), values);
            return new StringTensor(info.getShape(), values.toArray(String[]::new));
        }
        ByteBuffer bytes = tensor.getByteBuffer();
        return new NumericTensor(datatype, info.getShape(), bytes);
    }

    private static void flatten(Object value, List<String> into) {
        if (value instanceof Object[] row) {
            for (Object element : row) {
                flatten(element, into);
            }
        } else {
            into.add((String) value);
        }
    }
}
