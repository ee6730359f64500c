package dev.tidegate.workbench.model;

import java.util.List;
import java.util.regex.Pattern;

/** The text of a ladder's rules, a line {@code OUTPUT = EXPRESSION} for each output. */
final class LadderRules {
    private static final Pattern CONSTANT =
            Pattern.compile(
                    "\\w+\\s*=\\s*(-?[0-9.]+([eE][-+]?[0-9]+)?|\"[^\"]*\"|'[^']*'|true|false)");

    private LadderRules() {}

    private static List<String> lines(String rules) {
        return rules.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** Returns whether the answer is the same for every request. */
    static boolean areConstants(String rules) {
        List<String> lines = lines(rules);
        return !lines.isEmpty()
                && lines.stream().allMatch(line -> CONSTANT.matcher(line).matches());
    }

    /** Returns the first of the lines, and how many there are besides. */
    static String shortened(String rules, int most) {
        List<String> lines = rules.lines().toList();
        return lines.size() <= most
                ? rules
                : String.join("\n", lines.subList(0, most))
                        + "\n… and %d more lines".formatted(lines.size() - most);
    }
}
