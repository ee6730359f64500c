package dev.tidegate.server.inference.row;

import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ModelSignature;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which named values of a row a model takes. */
public final class RowCells {
    private final ModelSignature signature;

    public RowCells(ModelSignature signature) {
        this.signature = signature;
    }

    /** Returns names in the row that the model does not take. */
    public Set<String> foreign(Row row) {
        Set<String> foreign = new TreeSet<>(row.names());
        signature.columns().forEach(column -> foreign.remove(column.name()));
        return foreign;
    }

    /**
     * Returns columns of the model that the row does not name, whether it may be without or not.
     */
    public Set<String> missing(Row row) {
        Set<String> missing = new TreeSet<>();
        signature.columns().forEach(column -> missing.add(column.name()));
        missing.removeAll(row.names());
        return missing;
    }

    public String known() {
        return signature.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
