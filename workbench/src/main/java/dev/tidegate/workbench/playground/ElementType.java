package dev.tidegate.workbench.playground;

import java.util.function.Consumer;

/** What an element of a tensor of a data type may be typed as. */
enum ElementType {
    BYTES("a text", "", _ -> {}),
    BOOL("true or false", "false", ElementType::parseTruth),
    INT8("a whole number from -128 to 127", "0", Byte::parseByte),
    INT16("a whole number from -32768 to 32767", "0", Short::parseShort),
    INT32("a whole number from -2147483648 to 2147483647", "0", Integer::parseInt),
    INT64("a whole number of 64 bits", "0", Long::parseLong),
    UINT8("a whole number from 0 to 255", "0", value -> parseUnsigned(value, 0xFF)),
    UINT16("a whole number from 0 to 65535", "0", value -> parseUnsigned(value, 0xFFFF)),
    UINT32("a whole number from 0 to 4294967295", "0", Integer::parseUnsignedInt),
    UINT64("a whole number from 0 to 18446744073709551615", "0", Long::parseUnsignedLong),
    FP32("a number", "NaN", Float::parseFloat),
    FP64("a number", "NaN", Double::parseDouble),
    /** Of 16 bits, which the protocol has no field for; or one that is not known here. */
    OTHER("a data type that can be typed in", "", ElementType::refuse);

    private final String word;
    private final String missing;
    private final Consumer<String> parser;

    /**
     * @param parser throws {@link NumberFormatException} for what the data type cannot hold
     */
    ElementType(String word, String missing, Consumer<String> parser) {
        this.word = word;
        this.missing = missing;
        this.parser = parser;
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
            parser.accept(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** What is wrong with a value that is not accepted. */
    String problem(String datatype, String value) {
        return "Expected " + word + ", got " + (this == OTHER ? datatype : "'" + value + "'");
    }

    private static void parseTruth(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new NumberFormatException(value);
        }
    }

    private static void parseUnsigned(String value, int most) {
        if (Integer.parseUnsignedInt(value) > most || Integer.parseUnsignedInt(value) < 0) {
            throw new NumberFormatException(value);
        }
    }

    private static void refuse(String value) {
        throw new NumberFormatException(value);
    }
}
