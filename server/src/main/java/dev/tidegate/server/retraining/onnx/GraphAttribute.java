package dev.tidegate.server.retraining.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns Java values into node attributes; lists hold one kind of element. */
final class GraphAttribute {

    private GraphAttribute() {}

    static AttributeProto of(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        switch (value) {
            case Long number -> attribute.setType(AttributeType.INT).setI(number);
            case Float number -> attribute.setType(AttributeType.FLOAT).setF(number);
            case String text -> attribute.setType(AttributeType.STRING).setS(bytes(text));
            case List<?> list -> elements(attribute, list);
            default -> throw unknown(name, value);
        }
        return attribute.build();
    }

    private static void elements(AttributeProto.Builder attribute, List<?> list) {
        for (Object element : list) {
            switch (element) {
                case Long number -> attribute.setType(AttributeType.INTS).addInts(number);
                case Float number -> attribute.setType(AttributeType.FLOATS).addFloats(number);
                case String text ->
                        attribute.setType(AttributeType.STRINGS).addStrings(bytes(text));
                default -> throw unknown(attribute.getName(), element);
            }
        }
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFrom(text, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException unknown(String name, Object value) {
        return new IllegalArgumentException(
                "attribute %s takes whole numbers, floats and texts, got %s of %s"
                        .formatted(name, value, value.getClass()));
    }
}
