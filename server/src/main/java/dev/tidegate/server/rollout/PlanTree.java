package dev.tidegate.server.rollout;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.TreeSet;

/** Reads the tree of a plan's text. */
final class PlanTree {
    private PlanTree() {}

    /** Returns the document; refuses what does not fit, and names the place. */
    static PlanDocument document(JsonMapper json, Object tree) {
        try {
            return json.convertValue(tree, PlanDocument.class);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonMappingException fault ? fault(fault) : e;
        }
    }

    private static PlanFault fault(JsonMappingException failure) {
        StringBuilder place = new StringBuilder();
        for (Reference step : failure.getPath()) {
            place.append(
                    step.getFieldName() == null
                            ? "[" + step.getIndex() + "]"
                            : (place.isEmpty() ? "" : ".") + step.getFieldName());
        }
        return new PlanFault(
                place.toString(),
                switch (failure) {
                    case UnrecognizedPropertyException unknown ->
                            "'%s' is unknown, expected one of %s"
                                    .formatted(
                                            unknown.getPropertyName(),
                                            new TreeSet<>(unknown.getKnownPropertyIds()));
                    case InvalidFormatException wrong ->
                            "%s is '%s', expected %s"
                                    .formatted(
                                            place, wrong.getValue(), kind(wrong.getTargetType()));
                    case MismatchedInputException wrong ->
                            "%s is of the wrong kind, expected %s"
                                    .formatted(
                                            place.isEmpty() ? "it" : place,
                                            kind(wrong.getTargetType()));
                    default -> failure.getOriginalMessage();
                });
    }

    private static String kind(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Boolean" -> "true or false";
            case "Double" -> "a number";
            case "Long" -> "a whole number";
            case "String" -> "a word or a number";
            case "ArrayList", "List" -> "a list";
            default -> "fields with values";
        };
    }
}
