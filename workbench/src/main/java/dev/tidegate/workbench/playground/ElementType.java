package dev.tidegate.workbench.playground;

import java.math.BigInteger;

/** What an element of a tensor of a data type may be typed as. */
enum ElementType {
    BYTES("a text", ""),
    BOOL("true or false", "false"),
    INT8("a whole number from -128 to 127", "0"),
    INT16("a whole number from -32768 to 32767", "0"),
    INT32("a whole number from -2147483648 to 2147483647", "0"),
    INT64("a whole number of 64 bits", "0"),
    UINT8("a whole number from 0 to 255", "0"),
    UINT16("a whole number from 0 to 65535", "0"),
    UINT32("a whole number from 0 to 4294967295", "0"),
    UINT64("a whole number from 0 to 18446744073709551615", "0"),
    FP32("a number", "NaN"),
    FP64("a number", "NaN"),
    /** Of 16 bits, which the protocol has no field for; or one that is not known here. */
    OTHER("a data type that can be typed in", "");

    private final String word;
    private final String missing;

    ElementType(String word, String missing) {
        this.word = word;
        this.missing = missing;
    }

    static ElementType of(String datatype) {
        return switch (datatype) {
            case "BYTES" -> BYTES;
            case "BOOL" -> BOOL;
            case "INT8" -> INT8;
            case "INT16" -> INT16;
            case "INT32" -> INT32;
            case "INT64" -> INT64;
            case "UINT8" -> UINT8;
            case "UINT16" -> UINT16;
            case "UINT32" -> UINT32;
            case "UINT64" -> UINT64;
            case "FP32" -> FP32;
            case "FP64" -> FP64;
            default -> OTHER;
        };
    }

    /** What stands for a missing value. */
    String missing() {
        return missing;
    }

    boolean accepts(String value) {
        try {
            return switch (this) {
                case BYTES -> true;
                case BOOL -> value.equals("true") || value.equals("false");
                case INT8 -> isSigned(value, 8);
                case INT16 -> isSigned(value, 16);
                case INT32 -> isSigned(value, 32);
                case INT64 -> isSigned(value, 64);
                case UINT8 -> isUnsigned(value, 8);
                case UINT16 -> isUnsigned(value, 16);
                case UINT32 -> isUnsigned(value, 32);
                case UINT64 -> isUnsigned(value, 64);
                case FP32, FP64 -> isReal(value);
                case OTHER -> false;
            };
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Without the suffix of a type, which Java takes and other languages do not. */
    private static boolean isReal(String value) {
        return !Double.isFinite(Double.parseDouble(value)) || !value.matches(".*[fFdD]");
    }

    private static boolean isSigned(String value, int bits) {
        return new BigInteger(value).bitLength() < bits;
    }

    private static boolean isUnsigned(String value, int bits) {
        BigInteger number = new BigInteger(value);
        return number.signum() >= 0 && number.bitLength() <= bits;
    }

    /** What is wrong with a value that is not accepted. */
    String problem(String datatype, String value) {
        return "Expected " + word + ", got " + (this == OTHER ? datatype : "'" + value + "'");
    }
}
