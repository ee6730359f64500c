package dev.tidegate.server.platform.grpc;

import dev.tidegate.server.platform.error.Excerpt;
import java.nio.charset.StandardCharsets;

/**
 * A status description that every client takes. It travels as a header, in which all but printable
 * ASCII has three octets for one, and gRPC clients refuse headers of more than 8 KiB.
 */
final class StatusText {
    private static final int CHARACTERS = 1500;

    /** Octets as they travel, which leaves room for the other trailers. */
    private static final int OCTETS = 6000;

    private StatusText() {}

    static String fitting(String text) {
        int end = 0;
        int octets = 0;
        while (end < text.length() && end < CHARACTERS) {
            int character = text.codePointAt(end);
            octets += octets(character);
            if (octets > OCTETS) {
                break;
            }
            end += Character.charCount(character);
        }
        return end >= text.length() ? text : Excerpt.cut(text, end);
    }

    private static int octets(int character) {
        boolean printable = character >= ' ' && character <= '~' && character != '%';
        return printable
                ? 1
                : 3 * Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
    }
}
