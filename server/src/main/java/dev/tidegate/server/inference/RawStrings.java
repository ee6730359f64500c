package dev.tidegate.server.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Strings in the protocol's raw form: before each its length, 4 bytes, unsigned, little-endian.
 * ONNX Runtime takes UTF-8 only.
 */
final class RawStrings {
    private static final int LENGTH_BYTES = 4;
    private static final char REPLACEMENT = '\uFFFD';

    private RawStrings() {}

    /** Returns as many strings as the shape holds, or refuses what does not add up. */
    static String[] decode(InputPlan input, ByteBuffer raw, long elements) {
        ByteBuffer bytes = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (elements * LENGTH_BYTES > bytes.remaining()) {
            throw input.invalid(
                    "%d bytes of raw content came, expected at least %d for the lengths of %d strings"
                            .formatted(bytes.remaining(), elements * LENGTH_BYTES, elements));
        }
        String[] values = new String[(int) elements];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(input, bytes, i);
        }
        if (bytes.hasRemaining()) {
            throw input.invalid(
                    "%d bytes of raw content are left after %d strings, expected none"
                            .formatted(bytes.remaining(), elements));
        }
        return values;
    }

    private static String next(InputPlan input, ByteBuffer bytes, int element) {
        if (bytes.remaining() < LENGTH_BYTES) {
            throw input.invalid(
                    "the raw content ends before the length of string %d, expected 4 bytes, %d are left"
                            .formatted(element, bytes.remaining()));
        }
        long length = Integer.toUnsignedLong(bytes.getInt());
        if (length > bytes.remaining()) {
            throw input.invalid(
                    "string %d says that it is %d bytes long, but %d are left"
                            .formatted(element, length, bytes.remaining()));
        }
        byte[] text = new byte[(int) length];
        bytes.get(text);
        return text(input, text, element);
    }

    /** Returns the text of UTF-8 bytes, or refuses them. */
    static String text(InputPlan input, byte[] utf8, int element) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isValid(utf8)) {
            throw input.invalid(
                    "string %d is not valid UTF-8 (it reads '%s'), expected UTF-8 text"
                            .formatted(element, text));
        }
        return text;
    }

    private static boolean isValid(byte[] utf8) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Returns strings in raw form. */
    static byte[] encode(String[] values) {
        byte[][] texts = new byte[values.length][];
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            texts[i] = values[i].getBytes(StandardCharsets.UTF_8);
            size = Math.addExact(size, LENGTH_BYTES + texts[i].length);
        }
        ByteBuffer raw = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] text : texts) {
            raw.putInt(text.length).put(text);
        }
        return raw.array();
    }
}
