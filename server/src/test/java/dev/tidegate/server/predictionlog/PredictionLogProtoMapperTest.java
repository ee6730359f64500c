package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.v1.CountEntriesRequest;
import dev.tidegate.proto.v1.Entry;
import dev.tidegate.proto.v1.ListEntriesRequest;
import dev.tidegate.server.journal.Outcome;
import dev.tidegate.server.journal.Payload;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.tracing.TraceId;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PredictionLogProtoMapperTest {
    private static final ModelInferRequest REQUEST =
            ModelInferRequest.newBuilder().setModelName("churn").setId("mine").build();

    @Test
    void rendersTheMessagesOfAWholeEntry() {
        Entry entry = whole(REQUEST.toByteArray(), new byte[0]);
        assertThat(entry.getRequest()).isEqualTo(REQUEST.toByteString());
        assertThat(entry.getRequestJson()).isEqualTo("{\"modelName\":\"churn\",\"id\":\"mine\"}");
        assertThat(entry.getResponseJson()).isEmpty();
        assertThat(entry.getArm()).isEqualTo("candidate");
        assertThat(entry.getReason()).isEqualTo("failover");
        assertThat(entry.getOutcome()).isEqualTo("FAILED");
        assertThat(entry.getUnitHash()).isEqualTo("ffffffffffffffff");
        assertThat(entry.getTraceId()).isEqualTo("0000000000000001000000000000000a");
    }

    @Test
    void saysThatAMessageCannotBeRendered() {
        Entry entry = whole("no message".getBytes(StandardCharsets.US_ASCII), new byte[0]);
        assertThat(entry.getRequestJson()).startsWith("cannot be rendered: ");
    }

    @Test
    void leavesMessagesOutOfLists() {
        Entry entry =
                PredictionLogProtoMapper.list(List.of(entry(REQUEST.toByteArray(), new byte[0])))
                        .getEntries(0);
        assertThat(entry.getRequest().isEmpty()).isTrue();
        assertThat(entry.getRequestJson()).isEmpty();
    }

    @Test
    void refusesATimeThatIsNone() {
        CountEntriesRequest request =
                CountEntriesRequest.newBuilder()
                        .setSince(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                        .build();
        assertThatThrownBy(() -> PredictionLogProtoMapper.filter(request))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("since is 9223372036854775807 s")
                .hasMessageContaining("expected a time of the years 1 to 9999");
    }

    @Test
    void refusesARolloutThatIsNoId() {
        ListEntriesRequest request = ListEntriesRequest.newBuilder().setRollout("v2").build();
        assertThatThrownBy(() -> PredictionLogProtoMapper.filter(request))
                .isInstanceOf(TidegateException.class)
                .hasMessageContaining("'v2'")
                .hasMessageContaining("expected");
    }

    private static Entry whole(byte[] request, byte[] response) {
        return PredictionLogProtoMapper.whole(List.of(entry(request, response))).getEntries(0);
    }

    private static PredictionEntry entry(byte[] request, byte[] response) {
        return new PredictionEntry(
                new UUID(1, 2),
                "mine",
                Instant.EPOCH,
                "churn",
                "v2",
                "v1",
                Arm.CANDIDATE,
                RouteReason.FAILOVER,
                3,
                Outcome.FAILED,
                "no such category",
                10,
                2,
                5,
                -1,
                Optional.of(new TraceId(1, 10)),
                Optional.of(Payload.whole(request)),
                Optional.of(Payload.whole(response)),
                "");
    }
}
