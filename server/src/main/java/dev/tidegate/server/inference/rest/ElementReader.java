package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidegate.server.inference.row.ShortFloat;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads JSON values as elements of one type; refuses what the type cannot hold. */
final class ElementReader {
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(64);

    private final String input;
    private final DataType type;
    private final RawBytes raw;
    private long count;

    ElementReader(String input, DataType type, Room room) {
        this.input = input;
        this.type = type;
        this.raw = new RawBytes(room);
    }

    RawBytes raw() {
        return raw;
    }

    long count() {
        return count;
    }

    /** Adds the value that the parser stands on. */
    void add(JsonParser json) throws IOException {
        switch (type) {
            case BOOL -> raw.addByte(truth(json));
            case INT8 -> raw.addByte((int) whole(json, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> raw.addByte((int) whole(json, 0, 0xFF));
            case INT16 -> raw.addShort((int) whole(json, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> raw.addShort((int) whole(json, 0, 0xFFFF));
            case INT32 -> raw.addInt((int) whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> raw.addInt((int) whole(json, 0, 0xFFFF_FFFFL));
            case INT64 -> raw.addLong(whole(json, Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> raw.addLong(unsigned(json));
            case FP16 -> raw.addShort(half(json));
            case BF16 -> raw.addShort(brain(json));
            case FP32 -> raw.addInt(Float.floatToRawIntBits(single(json)));
            case FP64 -> raw.addLong(Double.doubleToRawLongBits(real(json)));
            case BYTES -> raw.addText(text(json));
        }
        count++;
    }

    private int truth(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            default -> throw unfit(json, "true or false");
        };
    }

    private long whole(JsonParser json, long least, long most) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == NumberType.BIG_INTEGER) {
            throw unfit(json, "a whole number from " + least + " to " + most);
        }
        long value = json.getLongValue();
        if (value < least || value > most) {
            throw unfit(json, "a whole number from " + least + " to " + most);
        }
        return value;
    }

    private long unsigned(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            if (json.getNumberType() != NumberType.BIG_INTEGER) {
                return whole(json, 0, Long.MAX_VALUE);
            }
            BigInteger value = json.getBigIntegerValue();
            if (value.signum() > 0 && value.compareTo(UNSIGNED_LIMIT) < 0) {
                return value.longValue();
            }
        }
        throw unfit(json, "a whole number from 0 to 18446744073709551615");
    }

    private float single(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                float value = json.getFloatValue();
                if (Float.isInfinite(value) && !json.isNaN()) {
                    throw unfit(json, "a number that " + type + " can hold");
                }
                yield value;
            }
            default -> (float) special(json);
        };
    }

    private double real(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = json.getDoubleValue();
                if (Double.isInfinite(value) && !json.isNaN()) {
                    throw unfit(json, "a number that " + type + " can hold");
                }
                yield value;
            }
            default -> special(json);
        };
    }

    /** Returns what stands for a value that JSON has no number for. */
    private double special(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return Double.NaN;
        }
        String word = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        return switch (word) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw unfit(json, "a number, null, or \"NaN\", \"Infinity\", \"-Infinity\"");
        };
    }

    private short half(JsonParser json) throws IOException {
        float value = single(json);
        if (ShortFloat.overflowsFp16(value)) {
            throw unfit(json, "a number that FP16 can hold");
        }
        return ShortFloat.fp16(value);
    }

    private short brain(JsonParser json) throws IOException {
        float value = single(json);
        if (ShortFloat.overflowsBf16(value)) {
            throw unfit(json, "a number that BF16 can hold");
        }
        return ShortFloat.bf16(value);
    }

    private byte[] text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unfit(json, "a string");
        }
        String text = json.getText();
        if (hasHalfPair(text)) {
            throw unfit(json, "text without half of a surrogate pair");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasHalfPair(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(at))) {
                    return true;
                }
                at++;
            }
        }
        return false;
    }

    private TidegateException unfit(JsonParser json, String expected) throws IOException {
        return TidegateException.invalid(
                "input '%s': element %d of data is %s, expected %s for %s"
                        .formatted(input, count, Excerpt.of(json.getText()), expected, type));
    }
}
