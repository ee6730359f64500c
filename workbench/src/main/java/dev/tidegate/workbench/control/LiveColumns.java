package dev.tidegate.workbench.control;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;

/** Columns of {@link LiveRows}, whose cells say or draw what the row is now. */
public final class LiveColumns {
    private LiveColumns() {}

    /** Words, which the tooltip has too, as a narrow cell cuts them. */
    public static <T> TableColumn<ObjectProperty<T>, T> words(
            String title, double width, String style, Function<T, String> words) {
        return words(title, width, style, words, words);
    }

    /** Words, and what the tooltip says of them; none when that is empty. */
    public static <T> TableColumn<ObjectProperty<T>, T> words(
            String title,
            double width,
            String style,
            Function<T, String> words,
            Function<T, String> explanation) {
        TableColumn<ObjectProperty<T>, T> column = column(title, width, style);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final Explanation why = new Explanation(this);

                            @Override
                            protected void updateItem(T row, boolean empty) {
                                super.updateItem(row, empty);
                                setText(empty || row == null ? "" : words.apply(row));
                                why.say(empty || row == null ? "" : explanation.apply(row));
                            }
                        });
        return column;
    }

    /** A drawing, one for each cell, without a tooltip. */
    public static <T, N extends Node> TableColumn<ObjectProperty<T>, T> nodes(
            String title, double width, String style, Supplier<N> node, BiConsumer<N, T> show) {
        return nodes(title, width, style, node, show, _ -> "");
    }

    /** A drawing, one for each cell, and what the tooltip says of it; none when that is empty. */
    public static <T, N extends Node> TableColumn<ObjectProperty<T>, T> nodes(
            String title,
            double width,
            String style,
            Supplier<N> node,
            BiConsumer<N, T> show,
            Function<T, String> explanation) {
        TableColumn<ObjectProperty<T>, T> column = column(title, width, style);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final N content = node.get();
                            private final Explanation why = new Explanation(this);

                            @Override
                            protected void updateItem(T row, boolean empty) {
                                super.updateItem(row, empty);
                                if (empty || row == null) {
                                    setGraphic(null);
                                    why.say("");
                                    return;
                                }
                                show.accept(content, row);
                                setGraphic(content);
                                why.say(explanation.apply(row));
                            }
                        });
        return column;
    }

    private static <T> TableColumn<ObjectProperty<T>, T> column(
            String title, double width, String style) {
        TableColumn<ObjectProperty<T>, T> column = LiveRows.column(title);
        column.getStyleClass().add(style);
        column.setPrefWidth(width);
        return column;
    }
}
