package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureDifferenceTest {
    private static final TensorSpec TEXT = tensor("t", DataType.BYTES, -1, 2);
    private static final TensorSpec NUMBERS = tensor("x", DataType.FP32, -1, 3);
    private static final TensorSpec WHOLE = tensor("n", DataType.INT64, -1, 1);
    private static final TensorSpec OUT = tensor("y", DataType.FP32, -1, 1);
    private static final Column AGE = Column.number("age", "x", 0, true, 18, 90);
    private static final Column PAY = Column.number("pay", "x", 1, false, 0, 9);
    private static final Column PLAN = Column.category("plan", "t", 0, false, List.of("a", "b"));
    private static final List<Column> COLUMNS = List.of(AGE, PAY, PLAN);

    static Stream<Arguments> columns() {
        return Stream.of(
                Arguments.of(COLUMNS, ""),
                Arguments.of(List.of(PLAN, PAY, AGE), ""),
                Arguments.of(with(AGE, Column.number("age", "x", 0, true, 1, 2)), ""),
                Arguments.of(with(PAY, Column.number("pay", "x", 1, true, 0, 9)), ""),
                Arguments.of(
                        with(PLAN, Column.category("plan", "t", 0, false, List.of("c", "b", "a"))),
                        ""),
                Arguments.of(with(PLAN, Column.category("plan", "t", 0, true, List.of())), ""),
                Arguments.of(List.of(AGE, PAY), "column 'plan' is missing here"),
                Arguments.of(
                        List.of(
                                Column.number("age", "x", 1, true, 18, 90),
                                Column.number("pay", "x", 0, false, 0, 9),
                                PLAN),
                        "column 'age' is index 0 of input 'x' there and index 1 of input 'x' here"),
                Arguments.of(
                        with(PAY, Column.number("pay", "n", 1, false, 0, 9)),
                        "column 'pay' is index 1 of input 'x' there and index 1 of input 'n' here"),
                Arguments.of(
                        with(AGE, Column.category("age", "x", 0, true, List.of())),
                        "column 'age' is a NUMBER there and a CATEGORY here"),
                Arguments.of(
                        with(AGE, Column.number("age", "x", 0, false, 18, 90)),
                        "column 'age' may be missing there, but not here"),
                Arguments.of(
                        with(PLAN, Column.category("plan", "t", 0, false, List.of("a"))),
                        "column 'plan' allows [a, b] there and [a] here"),
                Arguments.of(
                        and(Column.category("tier", "t", 1, true, List.of("gold"))),
                        "column 'tier' restricts index 1 of input 't' here, but not there"),
                Arguments.of(
                        and(Column.number("more", "x", 2, false, 0, 1)),
                        "column 'more' restricts index 2 of input 'x' here, but not there"),
                Arguments.of(and(Column.number("more", "x", 2, true, 0, 1)), ""),
                Arguments.of(and(Column.number("more", "n", 0, false, 0, 1)), ""),
                Arguments.of(and(Column.category("tier", "t", 1, false, List.of())), ""),
                Arguments.of(
                        and(
                                new Column(
                                        "x",
                                        ColumnKind.TENSOR,
                                        "x",
                                        0,
                                        false,
                                        List.of(),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty())),
                        ""));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void saysWhichColumnTakesLess(List<Column> candidate, String difference) {
        assertThat(
                        SignatureDifference.between(
                                        signature(COLUMNS, NUMBERS, OUT),
                                        signature(candidate, NUMBERS, OUT))
                                .orElse(""))
                .isEqualTo(difference);
    }

    static Stream<Arguments> tensors() {
        return Stream.of(
                Arguments.of(NUMBERS, OUT, ""),
                Arguments.of(tensor("x", DataType.FP64, -1, 3), OUT, "input 'x' is"),
                Arguments.of(tensor("x", DataType.FP32, 1, 3), OUT, "input 'x' is"),
                Arguments.of(NUMBERS, tensor("z", DataType.FP32, -1, 1), "output 'y' is"),
                Arguments.of(NUMBERS, tensor("y", DataType.FP32, -1, 2), "output 'y' is"));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void saysWhichTensorIsAnother(TensorSpec input, TensorSpec output, String difference) {
        assertThat(
                        SignatureDifference.between(
                                        signature(List.of(), NUMBERS, OUT),
                                        signature(List.of(), input, output))
                                .orElse(""))
                .startsWith(difference)
                .matches(text -> text.isEmpty() == difference.isEmpty());
    }

    private static List<Column> with(Column old, Column changed) {
        return COLUMNS.stream().map(column -> column.equals(old) ? changed : column).toList();
    }

    private static List<Column> and(Column more) {
        List<Column> columns = new ArrayList<>(COLUMNS);
        columns.add(more);
        return columns;
    }

    private static ModelSignature signature(
            List<Column> columns, TensorSpec input, TensorSpec output) {
        return new ModelSignature(columns, List.of(TEXT, input, WHOLE), List.of(output));
    }

    private static TensorSpec tensor(String name, DataType datatype, long... shape) {
        return new TensorSpec(name, datatype, java.util.Arrays.stream(shape).boxed().toList());
    }
}
