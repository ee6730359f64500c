package dev.tidegate.server.benchmark.inference;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The row as REST clients send it. */
final class RestBodies {
    private final FixedRow row;

    RestBodies(FixedRow row) {
        this.row = row;
    }

    /** Returns a request of the protocol, all of it JSON. */
    byte[] json() {
        return utf8(
                "{\"inputs\":[{\"name\":\"%s\",\"datatype\":\"FP32\",\"shape\":[1,%d],\"data\":%s}]}"
                        .formatted(TreeGraph.INPUT, TreeGraph.COLUMNS, row.values()));
    }

    /** Returns the JSON part of a request whose tensors are binary, there and back. */
    byte[] binaryHead() {
        return utf8(
                "{\"inputs\":[{\"name\":\"%s\",\"datatype\":\"FP32\",\"shape\":[1,%d],\"parameters\":{\"binary_data_size\":%d}}],\"parameters\":{\"binary_data_output\":true}}"
                        .formatted(
                                TreeGraph.INPUT,
                                TreeGraph.COLUMNS,
                                TreeGraph.COLUMNS * Float.BYTES));
    }

    /** Returns such a request: the JSON part, and the tensor behind it. */
    byte[] binary() {
        byte[] head = binaryHead();
        byte[] raw = row.raw();
        byte[] body = new byte[head.length + raw.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(raw, 0, body, head.length, raw.length);
        return body;
    }

    /** Returns named features for {@code /api/v1/predict}. */
    byte[] predict() {
        List<String> names = FixedRow.names();
        return utf8(
                IntStream.range(0, names.size())
                        .mapToObj(i -> "\"%s\":%s".formatted(names.get(i), row.values().get(i)))
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"model\":\""
                                                + FixedRequestProtoMapper.MODEL
                                                + "\",\"features\":{",
                                        "}}")));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
