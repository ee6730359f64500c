package dev.tidegate.server.dataset;

import java.util.List;

/**
 * Decides what a column's values are: numbers when every value that is there is a finite number,
 * else names.
 */
final class ColumnTyping {

    DatasetColumn column(String name, List<String> texts) {
        boolean anyValue = texts.stream().anyMatch(text -> !text.isEmpty());
        boolean allNumbers =
                texts.stream().allMatch(text -> text.isEmpty() || isFiniteNumber(text));
        return anyValue && allNumbers
                ? new NumberColumn(name, texts)
                : new CategoryColumn(name, texts);
    }

    /** Java also reads "1f", "0x1p3" and "NaN" as numbers; a file's user means names by them. */
    private static boolean isFiniteNumber(String text) {
        char last = text.charAt(text.length() - 1);
        if ((!Character.isDigit(last) && last != '.') || text.startsWith("0x")) {
            return false;
        }
        try {
            return Float.isFinite(Float.parseFloat(text));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
