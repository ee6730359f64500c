package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentTest {
    @TempDir Path directory;
    private final Events events = new Events(29);
    private final SegmentChain chain = new SegmentChain();
    private final JournalReader reader = new JournalReader(chain);
    private Segment segment;

    @BeforeEach
    void open() throws IOException {
        segment = new SegmentFiles(directory).create(0, 1 << 14);
        chain.add(segment);
    }

    @AfterEach
    void close() {
        chain.closeAll();
    }

    @Test
    void letsALiveReaderWaitAtARecordThatIsClaimed() {
        EncodedEvent first = encoded();
        EncodedEvent second = encoded();
        long held = segment.claim(first.length());
        write(second);
        assertThat(read(JournalOffset.START).records()).isZero();
        first.write(segment.memory(), held);
        segment.publish(held, first.length());
        assertThat(read(JournalOffset.START).records()).isEqualTo(2);
    }

    @Test
    void countsARecordThatItsWriterGaveUp() {
        EncodedEvent given = encoded();
        segment.abandon(segment.claim(given.length()), given.length());
        write(encoded());
        JournalStretch stretch = read(JournalOffset.START);
        assertThat(stretch.corrupt()).isEqualTo(1);
        assertThat(stretch.records()).isEqualTo(1);
    }

    @Test
    void takesNothingMoreOnceARecordDidNotFit() {
        List<UUID> written = new ArrayList<>();
        while (segment.claim(1 << 13) != Segment.FULL) {
            written.add(new UUID(0, written.size()));
        }
        assertThat(written).hasSize(1);
        assertThat(segment.claim(RecordLayout.VARIABLE)).isEqualTo(Segment.FULL);
    }

    private EncodedEvent encoded() {
        return new EncodedEvent(events.any(), 1 << 10);
    }

    private void write(EncodedEvent event) {
        long at = segment.claim(event.length());
        event.write(segment.memory(), at);
        segment.publish(at, event.length());
    }

    private JournalStretch read(JournalOffset from) {
        return reader.read(from, JournalBudget.ALL, record -> {});
    }
}
