package dev.tidegate.workbench.playground;

import java.util.function.Consumer;

/** What an element of a tensor may be typed as. */
enum ElementType {
    TEXT("a text", ""),
    TRUTH("true or false", "false"),
    WHOLE("a whole number", "0"),
    REAL("a number", "NaN");

    private final String word;
    private final String missing;

    ElementType(String word, String missing) {
        this.word = word;
        this.missing = missing;
    }

    static ElementType of(String datatype) {
        return switch (datatype) {
            case "BOOL" -> TRUTH;
            case "FP16", "BF16", "FP32", "FP64" -> REAL;
            case "BYTES" -> TEXT;
            default -> WHOLE;
        };
    }

    String word() {
        return word;
    }

    /** What stands for a missing value. */
    String missing() {
        return missing;
    }

    boolean accepts(String value) {
        return switch (this) {
            case TEXT -> true;
            case TRUTH -> value.equals("true") || value.equals("false");
            case WHOLE -> parses(value, Long::parseLong);
            case REAL -> parses(value, Double::parseDouble);
        };
    }

    private static boolean parses(String value, Consumer<String> parser) {
        try {
            parser.accept(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
