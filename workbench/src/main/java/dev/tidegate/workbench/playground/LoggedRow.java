package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.predictionlog.LogEntry;
import java.util.Map;

/** The row of a logged request, as far as the log has kept it. */
record LoggedRow(LogEntry entry) {

    /** Returns whether there is a row at all. */
    boolean isKept() {
        return !entry.inputs().isEmpty();
    }

    /** Returns the values of the signature's columns; those that were not kept are empty. */
    Map<String, String> values(Signature signature) {
        Map<String, String> values = Row.valuesOf(signature, entry.inputs());
        signature.columns().stream()
                .filter(column -> isRedacted(column))
                .forEach(column -> values.put(column.name(), ""));
        return values;
    }

    private boolean isRedacted(Signature.Column column) {
        return entry.redacted().contains(column.name())
                || entry.redacted().contains(column.input());
    }

    /** Returns what was not kept, in sentences; empty when everything was. */
    String missing() {
        String id = Figures.shortened(entry.id(), 13);
        if (!entry.absent().isEmpty()) {
            return "The log has no %s of request %s: %s."
                    .formatted(isKept() ? "answer" : "values", id, entry.absent());
        }
        return entry.redacted().isEmpty()
                ? ""
                : "The log of this model keeps no values of: %s. Type in what the request needs."
                        .formatted(String.join(", ", entry.redacted()));
    }
}
