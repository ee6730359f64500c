package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Events;
import dev.tidegate.server.journal.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PredictionBlockTest {
    private final Events events = new Events(17);

    @Test
    void givesBackWhateverWasAdded() throws IOException {
        List<ArmEvent> added = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ArmEvent event = events.any();
            added.add(
                    switch (i % 7) {
                        case 0 -> digested(event);
                        case 3 -> event.withoutMessages();
                        case 5 -> redacted(event);
                        default -> event;
                    });
        }
        assertThat(read(block(added))).isEqualTo(added);
    }

    @Test
    void tellsMessagesThatAreAlikeInFewBytes() throws IOException {
        List<ArmEvent> added = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            byte[] request = new byte[300];
            random.nextBytes(request);
            Arrays.fill(request, 0, 200, (byte) 7);
            Arrays.fill(request, 220, 300, (byte) 9);
            added.add(Events.plain(events.nextId(), request, new byte[100]));
        }
        byte[] block = block(added);
        assertThat(block.length).isLessThan(1_000 * 75);
        assertThat(read(block)).isEqualTo(added);
    }

    /** What was written once is read for ever: a change here must be a new version. */
    @Test
    void readsABlockOfVersionOne() {
        byte[] block =
                HexFormat.of()
                        .parseHex(
                                "01060103040502020284c688ea88ea9f03"
                                        + "8000000000000007"
                                        + "d00f"
                                        + "ffffffffffffffff"
                                        + "0a0205"
                                        + "046d696e65"
                                        + "03000001020301000009");
        ArmEvent event = read(block).getFirst();
        assertThat(event.predictionId())
                .isEqualTo(UUID.fromString("00033fa8-46a1-1182-8000-000000000007"));
        assertThat(event.timeMicros()).isEqualTo(1_000);
        assertThat(event.modelId()).isEqualTo(3);
        assertThat(event.routedVersionId()).isEqualTo(4);
        assertThat(event.answeredVersionId()).isEqualTo(5);
        assertThat(event.clientId()).isEqualTo("mine");
        assertThat(event.request()).isEqualTo(Payload.whole(new byte[] {1, 2, 3}));
        assertThat(event.response()).isEqualTo(Payload.whole(new byte[] {9}));
        assertThat(event.inEvidence()).isTrue();
    }

    @Test
    void refusesABlockOfALaterVersion() {
        assertThatThrownBy(() -> read(new byte[] {3, 0}))
                .hasMessage("a block of the prediction log has version 3: expected 1 to 2");
    }

    @Test
    void saysWhereABlockIsBroken() throws IOException {
        byte[] block = block(List.of(events.any(), events.any()));
        Random random = new Random(5);
        for (int cut = 2; cut < block.length; cut++) {
            byte[] broken = Arrays.copyOf(block, cut);
            broken[1 + random.nextInt(cut - 1)] ^= (byte) 0xFF;
            try {
                read(broken);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("is broken at byte");
            }
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(block, block.length - 1)))
                .hasMessageContaining("is broken at byte");
    }

    @Test
    void knowsItsEndsAndItsCounts() {
        List<ArmEvent> added = List.of(events.any(), events.any(), events.any());
        PredictionBlock block = new PredictionBlock(new BlockWriter());
        added.reversed().forEach(block::add);
        assertThat(block.first()).isEqualTo(added.getFirst().predictionId());
        assertThat(block.last()).isEqualTo(added.getLast().predictionId());
        assertThat(block.summary().events()).isEqualTo(3);
        assertThat(block.summary().failures())
                .isEqualTo((int) added.stream().filter(e -> !e.outcome().isOk()).count());
    }

    private static ArmEvent redacted(ArmEvent event) {
        return withRequest(event, event.request().asRedacted());
    }

    private static ArmEvent digested(ArmEvent event) {
        return withRequest(Events.withClientId(event, "d"), Payload.digest(1 << 20, new byte[32]));
    }

    private static ArmEvent withRequest(ArmEvent whole, Payload request) {
        return new ArmEvent(
                whole.predictionId(),
                whole.timeMicros(),
                whole.routeEpoch(),
                whole.modelId(),
                whole.routedVersionId(),
                whole.answeredVersionId(),
                whole.arm(),
                whole.reason(),
                whole.inEvidence(),
                whole.unitHash(),
                whole.outcome(),
                whole.totalMicros(),
                whole.queueMicros(),
                whole.computeMicros(),
                whole.clientId(),
                whole.error(),
                request,
                whole.response(),
                whole.trace());
    }

    private static byte[] block(List<ArmEvent> added) throws IOException {
        PredictionBlock block = new PredictionBlock(new BlockWriter());
        added.forEach(block::add);
        return block.body().readAllBytes();
    }

    private static List<ArmEvent> read(byte[] block) {
        List<ArmEvent> read = new ArrayList<>();
        BlockReader.read(block, read::add);
        return read;
    }
}
