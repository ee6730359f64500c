package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.DatasetColumn;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The two classes of a data set's target and the class of each row. */
final class Target {

    private static final Set<String> AFFIRMATIVE = Set.of("yes", "true", "1");

    private final String positive;
    private final String negative;
    private final boolean[] labels;

    private Target(String positive, String negative, boolean[] labels) {
        this.positive = positive;
        this.negative = negative;
        this.labels = labels;
    }

    /**
     * Returns the classes of a column.
     *
     * @throws TidegateException when it has missing values or not exactly two different ones, or
     *     lacks {@code wanted}
     */
    static Target of(DatasetColumn column, Optional<String> wanted) {
        List<String> classes = column.distinct();
        if (column.missing() > 0) {
            throw TidegateException.invalid(
                    "the target %s is missing in %d of %d rows; expected a value in each"
                            .formatted(column.name(), column.missing(), column.size()));
        }
        if (classes.size() != 2) {
            throw TidegateException.invalid(
                    "the target %s has %d different values (%s); expected exactly two classes"
                            .formatted(column.name(), classes.size(), some(classes)));
        }
        String positive = wanted.orElseGet(() -> positiveOf(column, classes));
        if (!classes.contains(positive)) {
            throw TidegateException.invalid(
                    "the target %s has no value \"%s\"; its classes are %s"
                            .formatted(column.name(), positive, classes));
        }
        String negative = classes.get(1 - classes.indexOf(positive));
        boolean[] labels = new boolean[column.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = column.text(row).equals(positive);
        }
        return new Target(positive, negative, labels);
    }

    String positive() {
        return positive;
    }

    String negative() {
        return negative;
    }

    int rows() {
        return labels.length;
    }

    boolean isPositive(int row) {
        return labels[row];
    }

    boolean[] labels(int[] rows) {
        boolean[] chosen = new boolean[rows.length];
        for (int index = 0; index < rows.length; index++) {
            chosen[index] = labels[rows[index]];
        }
        return chosen;
    }

    private static String positiveOf(DatasetColumn column, List<String> classes) {
        return classes.stream()
                .filter(name -> AFFIRMATIVE.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(() -> rarer(column, classes));
    }

    private static String rarer(DatasetColumn column, List<String> classes) {
        return classes.stream()
                .min(Comparator.comparingLong(name -> count(column, name)))
                .orElseThrow();
    }

    private static long count(DatasetColumn column, String name) {
        long count = 0;
        for (int row = 0; row < column.size(); row++) {
            count += column.text(row).equals(name) ? 1 : 0;
        }
        return count;
    }

    private static String some(List<String> classes) {
        return String.join(", ", classes.stream().limit(10).toList());
    }
}
