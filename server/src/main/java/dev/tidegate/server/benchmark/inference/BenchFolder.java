package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The files that all servers and clients of a run share.
 *
 * @param directory where they are
 */
record BenchFolder(Path directory) {

    /** Writes model, signature and message into the directory. */
    static BenchFolder fill(Path directory) throws IOException {
        BenchFolder folder = new BenchFolder(directory);
        byte[] message = FixedRequestProtoMapper.message(new FixedRow());
        Files.write(folder.model(), new TreeGraph(new Random(FixedRow.SEED)).bytes());
        Files.writeString(folder.signature(), signatureJson());
        Files.write(folder.message(), message);
        Files.write(folder.framed(), FixedRequestProtoMapper.framed(message));
        return folder;
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** Returns the ONNX file. */
    Path model() {
        return resolve("trees.onnx");
    }

    /** Returns the model's signature, with a name for each column, none of which may be missing. */
    Path signature() {
        return resolve("signature.json");
    }

    /** Returns the message as it goes on the wire. */
    Path message() {
        return resolve("message.bin");
    }

    /** Returns the message behind gRPC's header. */
    Path framed() {
        return resolve("framed.bin");
    }

    private static String signatureJson() {
        String columns =
                IntStream.range(0, TreeGraph.COLUMNS)
                        .mapToObj(
                                i ->
                                        "{\"name\":\"%s\",\"kind\":\"number\",\"input\":\"%s\",\"index\":%d}"
                                                .formatted(
                                                        FixedRow.names().get(i),
                                                        TreeGraph.INPUT,
                                                        i))
                        .collect(Collectors.joining(","));
        return "{\"columns\":[%s],\"inputs\":[%s],\"outputs\":[%s]}"
                .formatted(
                        columns,
                        tensor(TreeGraph.INPUT, TreeGraph.COLUMNS),
                        tensor(TreeGraph.OUTPUT, 1));
    }

    private static String tensor(String name, int columns) {
        return "{\"name\":\"%s\",\"datatype\":\"FP32\",\"shape\":[-1,%d]}".formatted(name, columns);
    }
}
