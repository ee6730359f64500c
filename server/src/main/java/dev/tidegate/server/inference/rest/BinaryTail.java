package dev.tidegate.server.inference.rest;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import org.jspecify.annotations.Nullable;

/**
 * A body in two parts: JSON, and behind it the bytes of binary tensors in the order of the inputs.
 *
 * <p>Source: Triton's binary tensor data extension.
 */
final class BinaryTail {
    static final String HEADER = "Inference-Header-Content-Length";

    private final byte[] body;
    private final int jsonLength;
    private int next;

    /**
     * @param header length of the JSON part, null when there is only that
     */
    BinaryTail(byte[] body, @Nullable String header) {
        this.body = body;
        this.jsonLength = header == null ? body.length : length(header, body.length);
        this.next = jsonLength;
    }

    private static int length(String header, int most) {
        try {
            int length = Integer.parseInt(header.strip());
            if (length >= 0 && length <= most) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw unfit(header, most);
        }
        throw unfit(header, most);
    }

    private static TidegateException unfit(String header, int most) {
        return TidegateException.invalid(
                "header %s is '%s', expected 0 to %d, the length of the body"
                        .formatted(HEADER, Excerpt.of(header), most));
    }

    int jsonLength() {
        return jsonLength;
    }

    /** Returns where the next tensor of that many bytes begins. */
    int take(String input, long bytes) {
        int left = body.length - next;
        if (bytes < 0 || bytes > left) {
            throw TidegateException.invalid(
                    "input '%s': binary_data_size is %d, but %d bytes of binary data are left"
                            .formatted(Excerpt.of(input), bytes, left));
        }
        int at = next;
        next += (int) bytes;
        return at;
    }

    void requireUsedUp() {
        if (next < body.length) {
            throw TidegateException.invalid(
                    "%d bytes of binary data are left behind the inputs, expected none"
                            .formatted(body.length - next));
        }
    }
}
