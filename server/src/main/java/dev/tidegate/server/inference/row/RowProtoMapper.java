package dev.tidegate.server.inference.row;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Rows as inference requests. */
public final class RowProtoMapper {
    private RowProtoMapper() {}

    /**
     * Returns one request for all the rows.
     *
     * @param version empty: the server's choice
     * @param unit empty: none
     */
    public static ModelInferRequest request(
            String model, String version, String unit, ModelSignature signature, List<Row> rows) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName(model).setModelVersion(version);
        if (!unit.isEmpty()) {
            request.putParameters(
                    "tidegate_unit", InferParameter.newBuilder().setStringParam(unit).build());
        }
        RowCells cells = new RowCells(signature);
        for (TensorSpec input : signature.inputs()) {
            request.addInputs(tensor(input, cells.of(input, rows), rows.size()));
        }
        return request.build();
    }

    private static InferInputTensor tensor(TensorSpec input, List<Object> cells, int rows) {
        return InferInputTensor.newBuilder()
                .setName(input.name())
                .setDatatype(input.datatype().name())
                .addAllShape(shape(input, cells.size(), rows))
                .setContents(contents(input, cells))
                .build();
    }

    /** The first free dimension counts the rows; a second one takes what is left. */
    private static List<Long> shape(TensorSpec input, int cells, int rows) {
        List<Long> shape = new ArrayList<>(input.shape());
        if (!shape.isEmpty() && shape.getFirst() < 0) {
            shape.set(0, (long) rows);
        }
        long known = shape.stream().filter(size -> size > 0).reduce(1L, Math::multiplyExact);
        shape.replaceAll(size -> size < 0 ? cells / known : size);
        return shape;
    }

    private static InferTensorContents contents(TensorSpec input, List<Object> cells) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (Object cell : cells) {
            try {
                add(contents, input.datatype(), cell);
            } catch (NumberFormatException e) {
                throw TidegateException.invalid(
                        "%s has the value '%s', expected %s"
                                .formatted(input.name(), cell, input.datatype()));
            }
        }
        return contents.build();
    }

    private static void add(InferTensorContents.Builder contents, DataType type, Object cell) {
        String text = cell.toString().strip();
        switch (type) {
            case BYTES -> contents.addBytesContents(ByteString.copyFromUtf8(cell.toString()));
            case BOOL -> contents.addBoolContents(truth(text));
            case INT8, INT16, INT32 -> contents.addIntContents(Integer.parseInt(text));
            case INT64 -> contents.addInt64Contents(Long.parseLong(text));
            case UINT8, UINT16, UINT32 -> contents.addUintContents(Integer.parseUnsignedInt(text));
            case UINT64 -> contents.addUint64Contents(Long.parseUnsignedLong(text));
            case FP32 -> contents.addFp32Contents((float) number(text));
            case FP64 -> contents.addFp64Contents(number(text));
            case FP16, BF16 ->
                    throw TidegateException.unimplemented(
                            "rows cannot be sent as %s, which has no typed form".formatted(type));
        }
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new NumberFormatException(text);
        };
    }
}
