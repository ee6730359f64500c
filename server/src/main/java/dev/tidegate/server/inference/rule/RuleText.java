package dev.tidegate.server.inference.rule;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule of a text, a line such as {@code probability = tenure < 6.0 ? 0.8 : 0.2}.
 *
 * @param output that it gives
 * @param expression behind the first equals sign
 * @param line counted from 1
 * @param offset characters before the expression in its line
 */
record RuleText(String output, String expression, int line, int offset) {
    /** Lines, above what a person would read. */
    private static final int MOST_LINES = 500;

    /** Returns the rules of a text; empty lines and those that begin with # are passed over. */
    static List<RuleText> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() > MOST_LINES) {
            throw TidegateException.invalid(
                    "rules of %d lines came, expected at most %d"
                            .formatted(lines.size(), MOST_LINES));
        }
        List<RuleText> rules = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                rules.add(rule(line, i + 1));
            }
        }
        return List.copyOf(rules);
    }

    private static RuleText rule(String line, int number) {
        int equals = line.indexOf('=');
        if (equals < 1 || line.substring(0, equals).isBlank()) {
            throw TidegateException.invalid(
                    "rules, line %d, column 1: '%s' came, expected OUTPUT = EXPRESSION"
                            .formatted(number, Excerpt.of(line)));
        }
        return new RuleText(
                line.substring(0, equals).strip(), line.substring(equals + 1), number, equals + 1);
    }

    /**
     * Returns the error for a place in the expression.
     *
     * @param column counted from 0 in the expression
     */
    TidegateException wrong(int column, String what) {
        return TidegateException.invalid(
                "rules, line %d, column %d: %s".formatted(line, offset + column + 1, what));
    }
}
