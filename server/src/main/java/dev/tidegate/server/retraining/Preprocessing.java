package dev.tidegate.server.retraining;

import dev.tidegate.server.dataset.CategoryColumn;
import dev.tidegate.server.dataset.Dataset;
import dev.tidegate.server.dataset.DatasetColumn;
import dev.tidegate.server.dataset.NumberColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of a data set become features: first the numbers as they are, then each category
 * one-hot.
 *
 * @param numbers the number columns
 * @param categories the category columns
 */
record Preprocessing(List<NumberFeature> numbers, List<CategoryFeature> categories) {

    Preprocessing {
        numbers = List.copyOf(numbers);
        categories = List.copyOf(categories);
    }

    /**
     * Returns the preprocessing that follows from these rows of these columns and from nothing
     * else.
     */
    static Preprocessing fit(List<DatasetColumn> columns, int[] rows) {
        List<NumberFeature> numbers = new ArrayList<>();
        List<CategoryFeature> categories = new ArrayList<>();
        for (DatasetColumn column : columns) {
            switch (column) {
                case NumberColumn number -> numbers.add(NumberFeature.fit(number, rows));
                case CategoryColumn category -> categories.add(CategoryFeature.fit(category, rows));
            }
        }
        return new Preprocessing(numbers, categories);
    }

    int width() {
        return numbers.size() + categories.stream().mapToInt(CategoryFeature::width).sum();
    }

    /** Returns the features of these rows; an unknown category is all zeros. */
    FeatureMatrix encode(Dataset dataset, int[] rows) {
        FeatureMatrix matrix = new FeatureMatrix(rows.length, width());
        int feature = 0;
        for (NumberFeature number : numbers) {
            encode((NumberColumn) dataset.column(number.name()), rows, matrix, feature++);
        }
        for (CategoryFeature category : categories) {
            encode(category, dataset.column(category.name()), rows, matrix, feature);
            feature += category.width();
        }
        return matrix;
    }

    /** Returns whether every category of the row is known. */
    boolean knows(Dataset dataset, int row) {
        return categories.stream()
                .allMatch(category -> category.knows(dataset.column(category.name()).text(row)));
    }

    private static void encode(NumberColumn column, int[] rows, FeatureMatrix matrix, int feature) {
        for (int index = 0; index < rows.length; index++) {
            matrix.set(index, feature, column.value(rows[index]));
        }
    }

    private static void encode(
            CategoryFeature category,
            DatasetColumn column,
            int[] rows,
            FeatureMatrix matrix,
            int first) {
        for (int index = 0; index < rows.length; index++) {
            int position = category.known().indexOf(column.text(rows[index]));
            if (position >= 0) {
                matrix.set(index, first + position, 1f);
            }
        }
    }
}
