package dev.tidegate.server.batch;

import dev.tidegate.server.inference.row.RowRead;
import dev.tidegate.server.inference.row.RowSource;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.RegisteredVersion;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Holds a file's columns against a version's before a job is queued. */
final class ColumnCheck {
    private final RegisteredVersion version;
    private final List<String> keep;
    private final String file;
    private final ResultForm form;

    ColumnCheck(RegisteredVersion version, NewBatch batch) {
        this.version = version;
        this.keep = batch.keep();
        this.file = batch.inputName();
        this.form = batch.form();
    }

    /** Refuses a file without rows, a column too many or too few, and names each of them. */
    void check(RowSource rows) {
        requirePossibleKeep();
        RowRead first = rows.next();
        if (first == null) {
            throw TidegateException.invalid("%s has no rows".formatted(file));
        }
        boolean hasHeader = !rows.header().isEmpty();
        if (first.problem() != null && !hasHeader) {
            throw TidegateException.invalid("row 1 of %s: %s".formatted(file, first.problem()));
        }
        Collection<String> names = hasHeader ? rows.header() : first.row().names();
        requireKnown(names);
        requireAll(names, hasHeader ? column -> true : column -> !column.nullable());
        if (hasHeader) {
            requireKept(names);
        }
    }

    private void requirePossibleKeep() {
        Set<String> taken = new HashSet<>(ResultColumns.of(version, List.of()).names());
        for (String name : keep) {
            if (!taken.add(name)) {
                throw TidegateException.invalid(
                        "column '%s' cannot be kept: the result has a column of that name"
                                .formatted(Excerpt.of(name)));
            }
        }
        if (form == ResultForm.PARQUET) {
            requireOwnNames();
        }
    }

    /** The writer of Parquet takes names that differ in case only for one. */
    private void requireOwnNames() {
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : ResultColumns.of(version, keep).names()) {
            if (!taken.add(name)) {
                throw TidegateException.invalid(
                        "the result would have two columns '%s' that differ in case only, which Parquet cannot tell apart here; take csv or json"
                                .formatted(Excerpt.of(name)));
            }
        }
    }

    private void requireKnown(Collection<String> names) {
        Set<String> foreign = new TreeSet<>(names);
        columns().forEach(column -> foreign.remove(column.name()));
        keep.forEach(foreign::remove);
        if (!foreign.isEmpty()) {
            throw TidegateException.invalid(
                    "%s has columns that %s does not take: %s; keep them in the result (keep_columns, --keep), or leave them out; the model's columns are %s"
                            .formatted(
                                    file,
                                    version.label(),
                                    Excerpt.of(String.join(", ", foreign)),
                                    known()));
        }
    }

    private void requireAll(Collection<String> names, Predicate<Column> isNeeded) {
        Set<String> missing =
                columns().stream()
                        .filter(isNeeded)
                        .map(Column::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(names);
        if (!missing.isEmpty()) {
            throw TidegateException.invalid(
                    "%s has no column %s; the columns of %s are %s"
                            .formatted(file, String.join(", ", missing), version.label(), known()));
        }
    }

    private void requireKept(Collection<String> names) {
        for (String name : keep) {
            if (!names.contains(name)) {
                throw TidegateException.invalid(
                        "%s has no column '%s' to keep; its columns are %s"
                                .formatted(
                                        file,
                                        Excerpt.of(name),
                                        Excerpt.of(String.join(", ", names))));
            }
        }
    }

    private String known() {
        return columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private List<Column> columns() {
        return version.signature().columns();
    }
}
