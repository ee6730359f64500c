package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;

/** The part of the runtime's message that a person wants to read. */
final class OrtReason {
    private static final String PREFIX = "message: ";

    private OrtReason() {}

    static String of(OrtException failure) {
        String message = String.valueOf(failure.getMessage());
        int start = message.indexOf(PREFIX);
        return (start < 0 ? message : message.substring(start + PREFIX.length())).strip();
    }

    /** Returns why the file was refused, without saying where this server keeps it. */
    static String of(OrtException failure, Path file) {
        return of(failure)
                .replace("Load model from " + file + " failed:", "")
                .replace(file.toString(), "the file")
                .replace(file.toAbsolutePath().getParent() + "/", "")
                .strip();
    }
}
