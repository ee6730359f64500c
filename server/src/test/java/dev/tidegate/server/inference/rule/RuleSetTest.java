package dev.tidegate.server.inference.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.inference.NumericTensor;
import dev.tidegate.server.inference.StringTensor;
import dev.tidegate.server.inference.Tensor;
import dev.tidegate.server.registry.Column;
import dev.tidegate.server.registry.ColumnKind;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model with a category and two numbers in, a probability, two scores and a label out. */
final class RuleSetTest {
    private static final ModelSignature SIGNATURE =
            new ModelSignature(
                    List.of(
                            column("contract", ColumnKind.CATEGORY, "contract", 0),
                            column("tenure", ColumnKind.NUMBER, "numbers", 0),
                            column("charges", ColumnKind.NUMBER, "numbers", 1)),
                    List.of(
                            new TensorSpec("numbers", DataType.FP32, List.of(-1L, 2L)),
                            new TensorSpec("contract", DataType.BYTES, List.of(-1L, 1L))),
                    List.of(
                            new TensorSpec("p", DataType.FP32, List.of(-1L, 1L)),
                            new TensorSpec("scores", DataType.FP64, List.of(-1L, 2L)),
                            new TensorSpec("label", DataType.BYTES, List.of(-1L)),
                            new TensorSpec("count", DataType.INT64, List.of(-1L))));

    private static final String RULES =
            """
            # who leaves soon
            p = tenure < 6 && contract == "monthly" ? 0.8 : charges / 100.0

            scores = [tenure, 1.0]
            label = tenure < 6 ? "Yes" : "No"
            count = 3
            """;

    private static Column column(String name, ColumnKind kind, String input, int index) {
        return new Column(
                name,
                kind,
                input,
                index,
                true,
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static Tensor[] rows() {
        ByteBuffer numbers =
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(3)
                        .putFloat(70)
                        .putFloat(30)
                        .putFloat(25)
                        .flip();
        return new Tensor[] {
            new StringTensor(new long[] {2, 1}, new String[] {"monthly", "yearly"}),
            new NumericTensor(DataType.FP32, new long[] {2, 2}, numbers)
        };
    }

    @Test
    void givesTheWantedOutputsOfEachRow() {
        Tensor[] outputs =
                RuleSet.compile(RULES, SIGNATURE).answer(rows(), 2, new int[] {2, 0, 1, 3});
        assertThat(((StringTensor) outputs[0]).values()).containsExactly("Yes", "No");
        NumericTensor p = (NumericTensor) outputs[1];
        assertThat(p.shape()).containsExactly(2, 1);
        assertThat(p.bytes().getFloat(0)).isEqualTo(0.8f);
        assertThat(p.bytes().getFloat(4)).isEqualTo(0.25f);
        NumericTensor scores = (NumericTensor) outputs[2];
        assertThat(scores.shape()).containsExactly(2, 2);
        assertThat(scores.bytes().getDouble(16)).isEqualTo(30);
        assertThat(((NumericTensor) outputs[3]).bytes().getLong(8)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "p = tenur > 1.0 ? 0.1 : 0.2 | line 1, column 5: undeclared reference to 'tenur'",
                "p = tenure > | line 1, column 13:",
                "p = \"high\" | line 1, column 4: output 'p' needs double, the expression gives string",
                "p = contract + 1.0 | line 1, column 14: found no matching overload for '_+_'",
                "q = 1.0 | line 1, column 1: output 'q' is unknown",
                "p 1.0 | line 1, column 1: 'p 1.0' came, expected OUTPUT = EXPRESSION",
                "p = 0.5 | rules have no line for output 'scores'",
                "p = [1.0].all(x, x > 0.0) ? 0.1 : 0.2 | line 1, column"
            })
    void saysWhereARuleIsWrong(String text, String reason) {
        assertThatThrownBy(() -> RuleSet.compile(text, SIGNATURE)).hasMessageContaining(reason);
    }

    @Test
    void saysWhichRuleFailsOnWhichRow() {
        String rules = RULES.replace("count = 3", "count = 3 / (tenure > 6 ? 0 : 1)");
        RuleSet compiled = RuleSet.compile(rules, SIGNATURE);
        assertThatThrownBy(() -> compiled.answer(rows(), 2, new int[] {3}))
                .hasMessageContaining("rules, line 6: 'count' fails on row 1")
                .hasMessageContaining("zero");
        String wrong = RULES.replace("[tenure, 1.0]", "[tenure]");
        RuleSet narrow = RuleSet.compile(wrong, SIGNATURE);
        assertThatThrownBy(() -> narrow.answer(rows(), 2, new int[] {1}))
                .hasMessageContaining("output 'scores' got 1 elements for a row, expected 2");
    }

    @Test
    void refusesWhatIsTooDeep() {
        String deep = "(".repeat(500) + "0.5" + ")".repeat(500);
        assertThatThrownBy(() -> RuleSet.compile(RULES.replace("0.8", deep), SIGNATURE))
                .hasMessageContaining("line 2");
    }
}
