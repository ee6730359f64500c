package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.playground.Signature.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A tensor that one field carries whole: its elements in row-major order, separated by commas, a
 * text with a comma in quotes.
 *
 * @param elements as they were typed; empty ones are missing
 */
record WholeTensor(TensorSpec spec, boolean nullable, List<String> elements) {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

    WholeTensor {
        elements = List.copyOf(elements);
    }

    static WholeTensor of(TensorSpec spec, boolean nullable, String typed) {
        return new WholeTensor(spec, nullable, elements(typed));
    }

    /** The elements as one would type them. */
    static String text(List<String> elements) {
        return CSV.format(elements.toArray());
    }

    /** What has quotes that do not match is taken as one element: it says what is wrong with it. */
    private static List<String> elements(String typed) {
        try (CSVParser parser = CSVParser.parse(typed, CSV)) {
            return parser.getRecords().stream()
                    .findFirst()
                    .map(CSVRecord::toList)
                    .orElse(List.of());
        } catch (IOException | UncheckedIOException e) {
            return List.of(typed);
        }
    }

    /** What is wrong with the number of elements or with the first bad one. */
    Optional<String> problem() {
        long fixed = fixed();
        boolean fits =
                isFree()
                        ? !elements.isEmpty() && elements.size() % fixed == 0
                        : elements.size() == fixed;
        return fits
                ? problemOfElements()
                : Optional.of(
                        "Expected "
                                + (isFree() ? "a multiple of " : "")
                                + Figures.counted(fixed, "value", "values")
                                + " for shape "
                                + spec.shape()
                                + ", got "
                                + Figures.count(elements.size()));
    }

    private Optional<String> problemOfElements() {
        ElementType type = ElementType.of(spec.datatype());
        for (int i = 0; i < elements.size(); i++) {
            String value = elements.get(i);
            boolean fits = value.isEmpty() ? nullable : type.accepts(value);
            if (!fits) {
                return Optional.of(
                        "Value " + (i + 1) + ": " + type.problem(spec.datatype(), value));
            }
        }
        return Optional.empty();
    }

    /** The elements as they are sent. */
    List<String> values() {
        String missing = ElementType.of(spec.datatype()).missing();
        return elements.stream().map(value -> value.isEmpty() ? missing : value).toList();
    }

    /**
     * One free dimension takes what is there, the first only when no other is free; the rest are 1.
     */
    List<Long> shape() {
        List<Long> sizes = spec.shape();
        long inner =
                LongStream.range(1, sizes.size())
                        .filter(axis -> sizes.get((int) axis) < 0)
                        .findFirst()
                        .orElse(0);
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < sizes.size(); axis++) {
            long size = sizes.get(axis);
            shape.add(size >= 0 ? size : axis == inner ? elements.size() / fixed() : 1L);
        }
        return shape;
    }

    private boolean isFree() {
        return spec.shape().stream().anyMatch(size -> size < 0);
    }

    /** Elements of the dimensions that are not free together. */
    private long fixed() {
        return Math.max(
                1,
                spec.shape().stream()
                        .filter(size -> size >= 0)
                        .reduce(1L, (product, size) -> product * size));
    }
}
