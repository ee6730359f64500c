package dev.tidegate.server.dataset;

import java.util.List;

/**
 * A column of names.
 *
 * @param name the column's name
 * @param texts a category for each row; the empty string where it is missing
 */
public record CategoryColumn(String name, List<String> texts) implements DatasetColumn {

    public CategoryColumn {
        texts = List.copyOf(texts);
    }

    @Override
    public int size() {
        return texts.size();
    }

    @Override
    public String text(int row) {
        return texts.get(row);
    }

    @Override
    public List<String> distinct() {
        return texts.stream().filter(text -> !text.isEmpty()).distinct().sorted().toList();
    }
}
