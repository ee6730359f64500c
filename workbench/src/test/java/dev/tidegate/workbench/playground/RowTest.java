package dev.tidegate.workbench.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of models that were registered without named columns: each input is one whole tensor. */
final class RowTest {
    private static Signature signature(String datatype, Long... shape) {
        return new Signature(
                List.of(
                        new Signature.Column(
                                "x",
                                "tensor",
                                "x",
                                0,
                                true,
                                List.of(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty())),
                List.of(new Signature.TensorSpec("x", datatype, List.of(shape))),
                List.of());
    }

    private static Row row(Signature signature, String typed) {
        return new Row(signature, Map.of("x", typed));
    }

    @Test
    void sendsAWholeTensorFromOneField() {
        Row row = row(signature("FP32", -1L, 3L), "1, 2.5,NaN");

        assertThat(row.problems()).isEmpty();
        assertThat(row.tensors())
                .containsExactly(
                        new Tensor("x", "FP32", List.of(1L, 3L), List.of("1", "2.5", "NaN")));
    }

    @Test
    void fillsTheFieldWithAllOfALoggedTensorAndSendsTheSame() {
        Signature signature = signature("BYTES", -1L, -1L);
        Tensor logged =
                new Tensor("x", "BYTES", List.of(1L, 3L), List.of("a, b", "say \"c\"", "d"));

        Row row = new Row(signature, Row.valuesOf(signature, List.of(logged)));

        assertThat(row.problems()).isEmpty();
        assertThat(row.tensors()).containsExactly(logged);
    }

    @Test
    void keepsTheRowsOfALoggedBatch() {
        Row row = row(signature("INT64", -1L, 2L), "1,2,3,4");

        assertThat(row.tensors().getFirst().shape()).containsExactly(2L, 2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 | 20 | 1,2,3 | Expected 20 values for shape [1, 20], got 3
                    -1 | 3 | 1,2   | Expected a multiple of 3 values for shape [-1, 3], got 2
                    -1 | 3 | ''    | Expected a multiple of 3 values for shape [-1, 3], got 0
                    -1 | 3 | 1,b,3 | Value 2: Expected a number, got 'b'
                    """)
    void saysHowManyValuesWereExpected(long first, long second, String typed, String problem) {
        assertThat(row(signature("FP32", first, second), typed).problems())
                .containsExactly(new FieldProblem("x", problem));
    }
}
