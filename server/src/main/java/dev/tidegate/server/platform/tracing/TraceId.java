package dev.tidegate.server.platform.tracing;

import java.util.HexFormat;
import java.util.UUID;

/**
 * Names everything that happened for one request, in all programs that took part. Source: W3C Trace
 * Context, "trace-id".
 *
 * @param high first 8 bytes
 * @param low last 8 bytes; not both are 0
 */
public record TraceId(long high, long low) {
    public TraceId {
        if (high == 0 && low == 0) {
            throw new IllegalArgumentException("trace id 0, expected another one");
        }
    }

    /** Returns the trace id of a request that came without one: the digits of its own id. */
    public static TraceId of(UUID id) {
        return new TraceId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Returns 32 lower-case hex digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
