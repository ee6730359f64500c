package dev.tidegate.server.inference.row;

import dev.tidegate.server.registry.DataType;
import java.math.BigInteger;
import java.util.Locale;

/**
 * Numbers as cells have them: what JSON has, or text. What a type cannot hold is a
 * NumberFormatException, and never another number.
 */
final class CellNumber {
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(64);

    private CellNumber() {}

    static long whole(DataType type, String text) {
        return switch (type) {
            case INT8 -> between(text, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> between(text, 0, 0xFF);
            case INT16 -> between(text, Short.MIN_VALUE, Short.MAX_VALUE);
            case UINT16 -> between(text, 0, 0xFFFF);
            case INT32 -> between(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32 -> between(text, 0, 0xFFFF_FFFFL);
            case INT64 -> Long.parseLong(text);
            case UINT64 -> unsigned(text);
            case BOOL, FP16, BF16, FP32, FP64, BYTES ->
                    throw new IllegalArgumentException(type + " has no whole numbers");
        };
    }

    private static long between(String text, long least, long most) {
        long value = Long.parseLong(text);
        if (value < least || value > most) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static long unsigned(String text) {
        BigInteger value = new BigInteger(text);
        if (value.signum() < 0 || value.compareTo(UNSIGNED_LIMIT) >= 0) {
            throw new NumberFormatException(text);
        }
        return value.longValue();
    }

    /** Returns the number, NaN for an empty text. */
    static double real(String text) {
        if (text.isEmpty()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(text);
        requireHeld(
                !Double.isInfinite(value) || text.toLowerCase(Locale.ROOT).contains("inf"), text);
        return value;
    }

    static float single(String text) {
        double value = real(text);
        float single = (float) value;
        requireHeld(Double.isInfinite(value) || !Float.isInfinite(single), text);
        return single;
    }

    static short half(String text) {
        float value = single(text);
        requireHeld(!ShortFloat.overflowsFp16(value), text);
        return ShortFloat.fp16(value);
    }

    static short brain(String text) {
        float value = single(text);
        requireHeld(!ShortFloat.overflowsBf16(value), text);
        return ShortFloat.bf16(value);
    }

    private static void requireHeld(boolean held, String text) {
        if (!held) {
            throw new NumberFormatException(text);
        }
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new NumberFormatException(text);
        };
    }
}
