package dev.tidegate.server.benchmark.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of cells between bars. */
public final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();
    private final int columns;

    public MarkdownTable(String... header) {
        columns = header.length;
        row((Object[]) header);
        lines.add("|" + String.join("|", Collections.nCopies(columns, " --- ")) + "|");
    }

    /** Adds a row; refuses one that has not as many cells as the header. */
    public MarkdownTable row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(
                    "a row has %d cells, expected %d".formatted(cells.length, columns));
        }
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        lines.add(line.toString());
        return this;
    }

    /** Returns Markdown with a line end behind each row. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }
}
