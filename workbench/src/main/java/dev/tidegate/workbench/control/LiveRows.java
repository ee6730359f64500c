package dev.tidegate.workbench.control;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * The rows of a table whose values change in place. A row that is replaced in a table's list gets
 * other cells, and with them goes the tooltip that somebody reads, the focus and the click; a row
 * whose value changes keeps them.
 */
public final class LiveRows<T> {
    private final ObservableList<ObjectProperty<T>> items = FXCollections.observableArrayList();

    /** A table of these rows. */
    public TableView<ObjectProperty<T>> table() {
        return new TableView<>(items);
    }

    /** A column of these rows whose cells show the whole row, as live as it is. */
    public static <T> TableColumn<ObjectProperty<T>, T> column(String title) {
        TableColumn<ObjectProperty<T>, T> column = new TableColumn<>(title);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> cell.getValue());
        return column;
    }

    /** The row that is selected in the table. */
    public static <T> Optional<T> selected(TableView<ObjectProperty<T>> table) {
        return Optional.ofNullable(table.getSelectionModel().getSelectedItem())
                .map(ObjectProperty::get);
    }

    /** Shows these values, the first in the first row. */
    public void show(List<? extends T> next) {
        for (int i = 0; i < next.size(); i++) {
            T value = next.get(i);
            if (i >= items.size()) {
                items.add(new SimpleObjectProperty<>(value));
            } else if (!value.equals(items.get(i).get())) {
                items.get(i).set(value);
            }
        }
        if (items.size() > next.size()) {
            items.remove(next.size(), items.size());
        }
    }

    public int size() {
        return items.size();
    }
}
