package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CategoryColumn;
import dev.tidegate.server.platform.error.TidegateException;
import java.util.Arrays;
import java.util.List;

/**
 * A category as models see it: one feature for each known category, 1 where the row has it, else 0.
 *
 * @param name the column's name
 * @param known the categories of the training rows, sorted
 * @param nullable whether the data set has rows without a category here
 */
record CategoryFeature(String name, List<String> known, boolean nullable) {

    /** More categories than this are an identifier, not a feature. */
    private static final int MOST_CATEGORIES = 500;

    CategoryFeature {
        known = List.copyOf(known);
        if (known.isEmpty() || known.size() > MOST_CATEGORIES) {
            throw TidegateException.invalid(
                    "column %s has %d categories; expected 1 to %d: choose other --columns"
                            .formatted(name, known.size(), MOST_CATEGORIES));
        }
    }

    static CategoryFeature fit(CategoryColumn column, int[] rows) {
        List<String> known =
                Arrays.stream(rows)
                        .mapToObj(column::text)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .sorted()
                        .toList();
        return new CategoryFeature(column.name(), known, column.missing() > 0);
    }

    int width() {
        return known.size();
    }

    /** Returns whether the category, or its absence, has a place among the features. */
    boolean knows(String category) {
        return category.isEmpty() ? nullable : known.contains(category);
    }
}
