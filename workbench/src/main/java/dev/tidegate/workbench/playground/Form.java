package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.failure.ServiceFailure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The fields of a signature's columns, what was typed into them, and what is wrong with it. */
final class Form {
    private final ObservableList<Field> fields = FXCollections.observableArrayList();

    ObservableList<Field> fields() {
        return fields;
    }

    /** Shows these columns; what was typed into columns of the same name stays. */
    void show(List<Signature.Column> columns) {
        if (columns.equals(fields.stream().map(Field::column).toList())) {
            return;
        }
        Map<String, String> kept = values();
        fields.setAll(columns.stream().map(Field::of).toList());
        fill(kept);
    }

    /** Fills every field; one that is not named becomes empty. */
    void fill(Map<String, String> values) {
        fields.forEach(
                field -> {
                    field.value().set(values.getOrDefault(field.column().name(), ""));
                    field.problem().set("");
                });
    }

    /** Says that none of the names is a field; empty when one is. */
    Optional<String> problemOfStrangers(Collection<String> names) {
        List<String> known = fields.stream().map(field -> field.column().name()).toList();
        return names.stream().anyMatch(known::contains)
                ? Optional.empty()
                : Optional.of(
                        "the row has %s, expected some of %s"
                                .formatted(String.join(", ", names), String.join(", ", known)));
    }

    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : fields) {
            String value = field.value().get();
            values.put(field.column().name(), value == null ? "" : value);
        }
        return values;
    }

    void showProblems(List<FieldProblem> problems) {
        fields.forEach(field -> field.problem().set(problemOf(field, problems)));
    }

    private static String problemOf(Field field, List<FieldProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.column().equals(field.column().name()))
                .map(FieldProblem::message)
                .findFirst()
                .orElse("");
    }

    /**
     * Puts the server's refusal at the field that it names, by detail or by name in the message.
     */
    void blame(ServiceFailure.Invalid refusal) {
        showProblems(
                fields.stream()
                        .map(field -> field.column().name())
                        .filter(name -> names(refusal, name))
                        .map(name -> new FieldProblem(name, refusal.message()))
                        .toList());
    }

    private static boolean names(ServiceFailure.Invalid refusal, String column) {
        return refusal.field()
                .map(column::equals)
                .orElseGet(
                        () ->
                                Pattern.compile(
                                                "(?<![\\w-])"
                                                        + Pattern.quote(column)
                                                        + "(?![\\w-])")
                                        .matcher(refusal.message())
                                        .find());
    }
}
