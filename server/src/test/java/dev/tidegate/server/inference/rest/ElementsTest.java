package dev.tidegate.server.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** JSON to elements and back, for every type, with no model behind it. */
final class ElementsTest {
    private static final int VALUES = 500;

    private final JsonFactory factory = JsonForm.factory();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UINT16|[0,65535]",
                "UINT32|[0,4294967295]",
                "UINT64|[0,18446744073709551615,9223372036854775808]",
                "FP16|[65504.0,-0.0,5.9604645E-8]",
                "BF16|[1.0,-0.0]",
                "FP32|[1.4E-45,-0.0,0.3]",
                "FP64|[4.9E-324,-0.0,0.30000000000000004]",
            })
    void keepsTheEndsOfEachRange(DataType type, String json) throws IOException {
        assertThat(there(type, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "UINT8,-1",
        "UINT16,65536",
        "UINT32,4294967296",
        "UINT64,-1",
        "INT16,32768",
        "INT32,2147483648",
        "FP16,65520",
        "BF16,3.4e38",
        "FP64,1e309",
        "BOOL,1",
        "BYTES,1",
        "INT8,true",
        "FP32,'\"nan\"'",
    })
    void refusesWhatTheTypeCannotHold(DataType type, String value) {
        assertThatThrownBy(() -> there(type, "[" + value + "]"))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("input 'x': element 0 of data is")
                .hasMessageContaining("for " + type);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"BYTES", "BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void givesAnyBitsBackAsTheyWere(DataType type) throws IOException {
        Random random = new Random(type.name().hashCode());
        byte[] bits = new byte[VALUES * 8];
        random.nextBytes(bits);
        String written = written(type, ByteBuffer.wrap(bits));
        assertThat(there(type, written)).isEqualTo(written);
    }

    private String there(DataType type, String json) throws IOException {
        long count = json.chars().filter(c -> c == ',').count() + 1;
        try (JsonParser parser = factory.createParser(json)) {
            parser.nextToken();
            RawBytes raw =
                    new TensorData("x", type, new long[] {count}, Room.unlimited()).read(parser);
            return written(type, ByteBuffer.wrap(raw.array(), 0, raw.size()));
        }
    }

    private String written(DataType type, ByteBuffer raw) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            ElementWriter.write(json, type, raw);
        }
        return text.toString();
    }
}
