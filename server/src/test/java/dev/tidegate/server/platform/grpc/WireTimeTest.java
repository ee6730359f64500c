package dev.tidegate.server.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WireTimeTest {
    @Test
    void carriesDurationsOfManyCenturies() {
        com.google.protobuf.Duration message = WireTime.of(Duration.ofDays(1_000_000).plusNanos(7));
        assertThat(message.getSeconds()).isEqualTo(86_400_000_000L);
        assertThat(message.getNanos()).isEqualTo(7);
    }

    @Test
    void namesATimeThatIsNone() {
        assertThat(WireTime.instant("since", Timestamp.newBuilder().setSeconds(7).build()))
                .isEqualTo(Instant.ofEpochSecond(7));
        assertThatThrownBy(
                        () ->
                                WireTime.instant(
                                        "since",
                                        Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build()))
                .isInstanceOf(TidegateException.class)
                .hasMessage(
                        "since is 9223372036854775807 s and 0 ns since 1970, expected a time of the"
                                + " years 1 to 9999");
    }
}
