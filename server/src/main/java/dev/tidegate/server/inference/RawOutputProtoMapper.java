package dev.tidegate.server.inference;

import static com.google.protobuf.CodedOutputStream.computeByteBufferSize;
import static com.google.protobuf.CodedOutputStream.computeInt64SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeTagSize;
import static com.google.protobuf.CodedOutputStream.computeUInt32SizeNoTag;
import static dev.tidegate.proto.inference.ModelInferResponse.OUTPUTS_FIELD_NUMBER;
import static dev.tidegate.proto.inference.ModelInferResponse.RAW_OUTPUT_CONTENTS_FIELD_NUMBER;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.registry.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One output of a version in raw answers: its description, of which all but the shape is fixed. */
final class RawOutputProtoMapper {
    private final byte[] fixed;

    RawOutputProtoMapper(TensorSpec spec) {
        fixed =
                InferOutputTensor.newBuilder()
                        .setName(spec.name())
                        .setDatatype(spec.datatype().name())
                        .build()
                        .toByteArray();
    }

    /** Returns the elements as they go on the wire. */
    static ByteBuffer contents(Tensor tensor) {
        return switch (tensor) {
            case NumericTensor numeric -> numeric.bytes();
            case StringTensor text -> ByteBuffer.wrap(RawStrings.encode(text.values()));
        };
    }

    /** Returns how many bytes both fields take. */
    int size(long[] shape, ByteBuffer contents) {
        int described = described(shape);
        return computeTagSize(OUTPUTS_FIELD_NUMBER)
                + computeUInt32SizeNoTag(described)
                + described
                + computeByteBufferSize(RAW_OUTPUT_CONTENTS_FIELD_NUMBER, contents);
    }

    void write(long[] shape, ByteBuffer contents, CodedOutputStream out) throws IOException {
        out.writeTag(OUTPUTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(described(shape));
        out.writeRawBytes(fixed);
        out.writeTag(InferOutputTensor.SHAPE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(dimensions(shape));
        for (long dimension : shape) {
            out.writeInt64NoTag(dimension);
        }
        out.writeByteBuffer(RAW_OUTPUT_CONTENTS_FIELD_NUMBER, contents);
    }

    private int described(long[] shape) {
        int dimensions = dimensions(shape);
        return fixed.length
                + computeTagSize(InferOutputTensor.SHAPE_FIELD_NUMBER)
                + computeUInt32SizeNoTag(dimensions)
                + dimensions;
    }

    private static int dimensions(long[] shape) {
        int bytes = 0;
        for (long dimension : shape) {
            bytes += computeInt64SizeNoTag(dimension);
        }
        return bytes;
    }
}
