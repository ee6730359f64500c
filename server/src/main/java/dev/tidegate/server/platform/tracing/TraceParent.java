package dev.tidegate.server.platform.tracing;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in its caller's trace. Source: W3C Trace Context, "traceparent Header".
 *
 * @param span the caller's span, not 0
 * @param isSampled whether the caller records its part
 */
record TraceParent(TraceId trace, long span, boolean isSampled) {
    /** Length of version 00, and of what later versions begin with. */
    private static final int LENGTH = 55;

    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;
    private static final int SAMPLED = 1;

    /** Returns what the header says; null when it is none, which the standard has us ignore. */
    static @Nullable TraceParent parse(String header) {
        if (!isWellFormed(header)) {
            return null;
        }
        long high = HexFormat.fromHexDigitsToLong(header, TRACE, TRACE + 16);
        long low = HexFormat.fromHexDigitsToLong(header, TRACE + 16, TRACE + 32);
        long span = HexFormat.fromHexDigitsToLong(header, SPAN, SPAN + 16);
        if ((high == 0 && low == 0) || span == 0) {
            return null;
        }
        int flags = HexFormat.fromHexDigits(header, FLAGS, LENGTH);
        return new TraceParent(new TraceId(high, low), span, (flags & SAMPLED) != 0);
    }

    /** Returns the header, of version 00. */
    String header() {
        return "00-%s-%s-%s"
                .formatted(trace, HexFormat.of().toHexDigits(span), isSampled ? "01" : "00");
    }

    private static boolean isWellFormed(String header) {
        if (header.length() < LENGTH || header.startsWith("ff")) {
            return false;
        }
        boolean isFirst = header.startsWith("00");
        if (header.length() > LENGTH && (isFirst || header.charAt(LENGTH) != '-')) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = header.charAt(i);
            boolean separator = i == TRACE - 1 || i == SPAN - 1 || i == FLAGS - 1;
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (separator ? c != '-' : !digit) {
                return false;
            }
        }
        return true;
    }
}
