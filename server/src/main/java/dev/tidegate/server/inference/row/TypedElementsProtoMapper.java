package dev.tidegate.server.inference.row;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.server.registry.DataType;

/** Elements as the protocol's typed contents. */
final class TypedElementsProtoMapper implements Elements {
    private final DataType type;
    private final InferTensorContents.Builder contents = InferTensorContents.newBuilder();

    TypedElementsProtoMapper(DataType type) {
        this.type = type;
    }

    @Override
    public void add(Object cell) {
        String text = cell.toString().strip();
        switch (type) {
            case BYTES -> contents.addBytesContents(ByteString.copyFromUtf8(cell.toString()));
            case BOOL -> contents.addBoolContents(CellNumber.truth(text));
            case INT8, INT16, INT32 -> contents.addIntContents((int) CellNumber.whole(type, text));
            case INT64 -> contents.addInt64Contents(CellNumber.whole(type, text));
            case UINT8, UINT16, UINT32 ->
                    contents.addUintContents((int) CellNumber.whole(type, text));
            case UINT64 -> contents.addUint64Contents(CellNumber.whole(type, text));
            case FP32 -> contents.addFp32Contents(CellNumber.single(text));
            case FP64 -> contents.addFp64Contents(CellNumber.real(text));
            case FP16, BF16 -> throw new IllegalArgumentException(type + " has no typed contents");
        }
    }

    InferTensorContents contents() {
        return contents.build();
    }
}
