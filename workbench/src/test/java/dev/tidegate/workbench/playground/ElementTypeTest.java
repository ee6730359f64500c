package dev.tidegate.workbench.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.workbench.tensor.Tensor;
import dev.tidegate.workbench.tensor.TensorProtoMapper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ElementTypeTest {
    @ParameterizedTest
    @CsvSource({
        "INT8, 127",
        "INT8, -128",
        "INT16, 32767",
        "INT32, -2147483648",
        "INT64, 9223372036854775807",
        "UINT8, 255",
        "UINT16, 65535",
        "UINT32, 4294967295",
        "UINT64, 18446744073709551615",
        "FP32, 1e-3",
        "FP64, NaN",
        "BOOL, true",
        "BYTES, é"
    })
    void acceptsWhatCanBeSent(String datatype, String value) {
        assertThat(ElementType.of(datatype).accepts(value)).isTrue();
        assertThat(
                        TensorProtoMapper.input(
                                        new Tensor("x", datatype, List.of(1L), List.of(value)))
                                .getContents()
                                .getSerializedSize())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, 128",
        "INT16, -32769",
        "INT32, 3000000000",
        "INT64, 9223372036854775808",
        "UINT8, 256",
        "UINT8, -1",
        "UINT16, 65536",
        "UINT16, 4294967295",
        "UINT32, -1",
        "UINT64, -1",
        "UINT64, 18446744073709551616",
        "FP32, much",
        "BOOL, yes",
        "FP16, 1",
        "BF16, 1"
    })
    void refusesWhatTheDataTypeCannotHold(String datatype, String value) {
        assertThat(ElementType.of(datatype).accepts(value)).isFalse();
    }
}
