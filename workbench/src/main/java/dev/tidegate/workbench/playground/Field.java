package dev.tidegate.workbench.playground;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * One field of the form: its column, what was typed, and what is wrong with it (empty: nothing).
 */
record Field(Signature.Column column, StringProperty value, StringProperty problem) {
    static Field of(Signature.Column column) {
        return new Field(column, new SimpleStringProperty(""), new SimpleStringProperty(""));
    }

    /** What may be typed here, in words. */
    String hint() {
        String optional = column.nullable() ? ", may be empty" : "";
        if (!column.allowed().isEmpty()) {
            return column.allowed().size() + " categories" + optional;
        }
        if (column.minimum().isPresent() && column.maximum().isPresent()) {
            return Bounds.words(column.minimum().getAsDouble(), column.maximum().getAsDouble())
                    + optional;
        }
        return column.isWhole() ? "values separated by commas" : column.kind() + optional;
    }
}
