package dev.tidegate.server.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "-00f067aa0ba902b7-";

    @Test
    void readsWhatTheStandardShows() {
        TraceParent parent = TraceParent.parse("00-" + TRACE + PARENT + "01");
        assertThat(parent).isNotNull();
        assertThat(parent.trace()).hasToString(TRACE);
        assertThat(parent.span()).isEqualTo(0x00f067aa0ba902b7L);
        assertThat(parent.isSampled()).isTrue();
    }

    @Test
    void readsTheFlagAlone() {
        TraceParent parent = TraceParent.parse("00-" + TRACE + PARENT + "fe");
        assertThat(parent).isNotNull();
        assertThat(parent.isSampled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"01-" + TRACE + PARENT + "01", "01-" + TRACE + PARENT + "01-more"})
    void readsTheBeginningOfLaterVersions(String header) {
        assertThat(TraceParent.parse(header)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE + PARENT + "1",
                "00-" + TRACE + PARENT + "01-more",
                "01-" + TRACE + PARENT + "01more",
                "ff-" + TRACE + PARENT + "01",
                "0x-" + TRACE + PARENT + "01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736" + PARENT + "01",
                "00-00000000000000000000000000000000" + PARENT + "01",
                "00-" + TRACE + "-0000000000000000-01",
                "00_" + TRACE + PARENT + "01",
                "00-" + TRACE + "-00f067aa0ba902b7+01"
            })
    void isNoneWhenMalformed(String header) {
        assertThat(TraceParent.parse(header)).isNull();
    }
}
