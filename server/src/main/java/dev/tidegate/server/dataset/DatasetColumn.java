package dev.tidegate.server.dataset;

import java.util.List;

/** One column of a data set: a value for each row, some of which may be missing. */
public sealed interface DatasetColumn permits NumberColumn, CategoryColumn {

    /** Returns the column's name as the header has it. */
    String name();

    /** Returns the number of rows. */
    int size();

    /** Returns the value of a row as the file has it; the empty string when it is missing. */
    String text(int row);

    /** Returns whether the row has no value here. */
    default boolean isMissing(int row) {
        return text(row).isEmpty();
    }

    /** Returns how many rows have no value here. */
    default int missing() {
        int count = 0;
        for (int row = 0; row < size(); row++) {
            count += isMissing(row) ? 1 : 0;
        }
        return count;
    }

    /** Returns the different values of the column in their natural order, missing ones left out. */
    List<String> distinct();
}
