package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;

/**
 * Messages as the JSON that Triton's HTTP port has for them: fields by their names in the protocol,
 * those without a value too, and whole numbers of 64 bits as numbers.
 */
final class MessageJsonProtoMapper {
    private MessageJsonProtoMapper() {}

    static void write(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (!field.hasPresence() || message.hasField(field)) {
                json.writeFieldName(field.getName());
                field(json, field, message.getField(field));
            }
        }
        json.writeEndObject();
    }

    static void writeAll(JsonGenerator json, List<? extends Message> messages) throws IOException {
        json.writeStartArray();
        for (Message message : messages) {
            write(json, message);
        }
        json.writeEndArray();
    }

    private static void field(JsonGenerator json, FieldDescriptor field, Object value)
            throws IOException {
        if (field.isMapField()) {
            json.writeStartObject();
            for (Object entry : (List<?>) value) {
                MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
                json.writeFieldName(String.valueOf(pair.getKey()));
                value(json, pair.getValue());
            }
            json.writeEndObject();
        } else if (field.isRepeated()) {
            json.writeStartArray();
            for (Object element : (List<?>) value) {
                value(json, element);
            }
            json.writeEndArray();
        } else {
            value(json, value);
        }
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Message message -> write(json, message);
            case EnumValueDescriptor name -> json.writeString(name.getName());
            case ByteString bytes -> json.writeBinary(bytes.toByteArray());
            case String text -> json.writeString(text);
            case Boolean truth -> json.writeBoolean(truth);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            default ->
                    throw new IllegalArgumentException(
                            "protobuf has no value of " + value.getClass());
        }
    }
}
