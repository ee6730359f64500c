package dev.tidegate.server.inference.row;

/** Rows of a file of text, each of which may take so many octets. */
abstract sealed class TextRows extends RowSource permits CsvRows, JsonRows {
    private final BoundedInput input;

    TextRows(String name, BoundedInput input) {
        super(name);
        this.input = input;
    }

    @Override
    final void beginRow() {
        input.beginRow();
    }

    @Override
    public final long bytesRead() {
        return input.count();
    }
}
