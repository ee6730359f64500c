package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/**
 * How JSON is read and written: by stream, never as a tree.
 *
 * <p>JSON has no NaN and no infinity. They are read as the bare words that Python writes, and as
 * the strings {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"} that protobuf's JSON has; they
 * are written as those strings.
 */
final class JsonForm {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 400;

    private JsonForm() {}

    static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxNumberLength(LONGEST_NUMBER)
                                .maxStringLength(Integer.MAX_VALUE)
                                .build())
                .build();
    }
}
