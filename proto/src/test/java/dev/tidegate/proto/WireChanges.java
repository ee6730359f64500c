package dev.tidegate.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client that was built from one set of protocols loses with another: messages, fields, enum
 * values and methods that are gone, or that have another number, name, type or way to stream. What
 * is new does no harm.
 */
final class WireChanges {
    private final List<String> broken = new ArrayList<>();

    private WireChanges() {}

    static List<String> between(FileDescriptorSet before, FileDescriptorSet after) {
        WireChanges changes = new WireChanges();
        changes.compare(elements(before), elements(after));
        return changes.broken;
    }

    private void compare(Map<String, String> before, Map<String, String> after) {
        before.forEach(
                (name, form) -> {
                    String now = after.get(name);
                    if (now == null) {
                        broken.add(name + " is gone: " + form);
                    } else if (!now.equals(form)) {
                        broken.add(name + " was " + form + " and is " + now);
                    }
                });
    }

    /** Returns each thing that can be on the wire, by what identifies it there, and its form. */
    private static Map<String, String> elements(FileDescriptorSet set) {
        Map<String, String> elements = new TreeMap<>();
        for (FileDescriptorProto file : set.getFileList()) {
            file.getMessageTypeList().forEach(message -> add(elements, file.getPackage(), message));
            file.getEnumTypeList().forEach(type -> add(elements, file.getPackage(), type));
            file.getServiceList()
                    .forEach(
                            service ->
                                    service.getMethodList()
                                            .forEach(
                                                    method ->
                                                            elements.put(
                                                                    "method "
                                                                            + file.getPackage()
                                                                            + "."
                                                                            + service.getName()
                                                                            + "/"
                                                                            + method.getName(),
                                                                    form(method))));
        }
        return elements;
    }

    private static void add(Map<String, String> elements, String scope, DescriptorProto message) {
        String name = scope + "." + message.getName();
        elements.put("message " + name, "a message");
        for (FieldDescriptorProto field : message.getFieldList()) {
            elements.put("field " + name + " " + field.getNumber(), form(message, field));
        }
        message.getNestedTypeList().forEach(nested -> add(elements, name, nested));
        message.getEnumTypeList().forEach(nested -> add(elements, name, nested));
    }

    private static void add(Map<String, String> elements, String scope, EnumDescriptorProto type) {
        String name = scope + "." + type.getName();
        for (EnumValueDescriptorProto value : type.getValueList()) {
            elements.put("enum value " + name + " " + value.getNumber(), value.getName());
        }
    }

    private static String form(DescriptorProto message, FieldDescriptorProto field) {
        String choice =
                field.hasOneofIndex() && !field.getProto3Optional()
                        ? " of oneof " + message.getOneofDecl(field.getOneofIndex()).getName()
                        : "";
        return "%s %s%s %s%s"
                .formatted(
                        field.getProto3Optional() ? "LABEL_PRESENCE" : field.getLabel(),
                        field.getType(),
                        field.getTypeName(),
                        field.getName(),
                        choice);
    }

    private static String form(MethodDescriptorProto method) {
        return "%s%s -> %s%s"
                .formatted(
                        method.getClientStreaming() ? "stream " : "",
                        method.getInputType(),
                        method.getServerStreaming() ? "stream " : "",
                        method.getOutputType());
    }
}
