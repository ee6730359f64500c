package dev.tidegate.workbench.control;

import java.util.Map;
import java.util.TreeMap;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** Remembers how wide a person made the columns, by the table's id and the column's title. */
public final class ColumnWidths {
    private final Map<String, Double> widths = new TreeMap<>();

    /** Widths in pixels by table and column, as {@link #widths} gave them. */
    public ColumnWidths(Map<String, Double> remembered) {
        widths.putAll(remembered);
    }

    /** Gives the table's columns their remembered widths, and follows them from now on. */
    public void follow(TableView<?> table) {
        for (TableColumn<?, ?> column : table.getColumns()) {
            String name = table.getId() + "." + column.getText();
            Double remembered = widths.get(name);
            if (remembered != null) {
                column.setPrefWidth(remembered);
            }
            column.widthProperty()
                    .addListener((_, _, width) -> widths.put(name, width.doubleValue()));
        }
    }

    public Map<String, Double> widths() {
        return Map.copyOf(widths);
    }
}
