package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SignatureJsonTest {
    private final SignatureJson json = new SignatureJson();

    @Test
    void readsWhatItWrites() {
        ModelSignature signature =
                new ModelSignature(
                        List.of(
                                Column.category(
                                        "contract",
                                        "contract",
                                        0,
                                        true,
                                        List.of("One year", "Two year")),
                                Column.number("tenure", "tenure", 0, false, 0, 72)),
                        List.of(
                                new TensorSpec("contract", DataType.BYTES, List.of(-1L, 1L)),
                                new TensorSpec("tenure", DataType.FP32, List.of(-1L, 1L))),
                        List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))));

        assertThat(json.read(json.write(signature))).isEqualTo(signature);
        assertThat(json.read(json.pretty(signature))).isEqualTo(signature);
    }

    @Test
    void keepsTheAgreedFieldNames() {
        ModelSignature signature =
                new ModelSignature(
                        List.of(Column.number("tenure", "rows", 3, false, 0, 72)),
                        List.of(new TensorSpec("rows", DataType.FP32, List.of(-1L, 4L))),
                        List.of());

        assertThat(json.write(signature))
                .isEqualTo(
                        "{\"columns\":[{\"name\":\"tenure\",\"kind\":\"number\",\"input\":\"rows\",\"index\":3,"
                                + "\"nullable\":false,\"minimum\":0.0,\"maximum\":72.0}],"
                                + "\"inputs\":[{\"name\":\"rows\",\"datatype\":\"FP32\",\"shape\":[-1,4]}],"
                                + "\"outputs\":[]}");
    }

    @Test
    void namesTheFieldThatIsMissing() {
        assertThatThrownBy(
                        () ->
                                json.read(
                                        "{\"columns\":[{\"kind\":\"number\"}],\"inputs\":[],\"outputs\":[]}"))
                .hasMessageContaining("field \"name\" is missing");
    }

    @Test
    void listsTheDatatypesWhenOneIsUnknown() {
        assertThatThrownBy(
                        () ->
                                json.read(
                                        "{\"columns\":[],\"inputs\":[{\"name\":\"x\",\"datatype\":\"FLOAT\","
                                                + "\"shape\":[1]}],\"outputs\":[]}"))
                .hasMessageContaining("\"FLOAT\" is none of [BOOL, ");
    }

    @Test
    void refusesAColumnInAnInputThatIsNotThere() {
        assertThatThrownBy(
                        () ->
                                new ModelSignature(
                                        List.of(Column.number("tenure", "rows", 0, false, 0, 1)),
                                        List.of(),
                                        List.of()))
                .hasMessage("column tenure lies in input rows, but the inputs are []");
    }
}
