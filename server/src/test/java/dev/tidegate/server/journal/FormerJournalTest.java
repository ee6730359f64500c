package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormerJournalTest {
    private static final JournalConfig SMALL = new JournalConfig(1 << 17, 1 << 21, 1 << 10);

    @TempDir Path home;
    private Path directory;
    private final List<UUID> written = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();

    @BeforeEach
    void leaveAJournalBehind() {
        directory = home.resolve(new UUID(7, 7).toString());
        Events events = new Events(5);
        try (Journal journal = new Journal(directory, SMALL)) {
            while (journal.end().segment() < 2) {
                JournalOffset before = journal.end();
                ArmEvent event = events.plain();
                ReadBack.append(journal, event);
                written.add(event.predictionId());
                places.add(before.segment() == journal.end().segment() ? before.position() : -1);
            }
        }
    }

    @Test
    void findsEverythingThatWasWritten() {
        assertThat(read(0, 0)).isEqualTo(written);
    }

    @Test
    void reportsADamagedRecordAndGoesOnBehindIt() throws IOException {
        flip("0.segment", places.get(5) + 150);
        assertThat(read(0, 1)).isEqualTo(without(5));
    }

    @Test
    void passesOverARecordThatWasClaimedAndNotPublished() throws IOException {
        long place = places.get(5);
        try (RandomAccessFile file = file("0.segment")) {
            file.seek(place);
            int length = Integer.reverseBytes(file.readInt());
            file.seek(place);
            file.writeInt(Integer.reverseBytes(-length));
        }
        assertThat(read(1, 0)).isEqualTo(without(5));
    }

    @Test
    void reportsABrokenChainAndGoesOnWithTheNextSegment() throws IOException {
        try (RandomAccessFile file = file("0.segment")) {
            file.seek(places.get(5));
            file.writeInt(Integer.reverseBytes(13));
        }
        List<UUID> found = read(0, 1);
        assertThat(found).hasSizeLessThan(written.size()).endsWith(written.getLast());
        assertThat(found.subList(0, 5)).isEqualTo(written.subList(0, 5));
    }

    @Test
    void reportsZerosInTheMiddleOfTheJournal() throws IOException {
        try (RandomAccessFile file = file("0.segment")) {
            file.seek(places.get(5));
            file.writeInt(0);
        }
        assertThat(read(0, 1)).endsWith(written.getLast()).hasSizeLessThan(written.size());
    }

    @Test
    void reportsASegmentThatIsMissing() throws IOException {
        Files.delete(directory.resolve("1.segment"));
        assertThat(read(0, 1)).startsWith(written.getFirst()).endsWith(written.getLast());
    }

    @Test
    void takesASegmentThatWasNeverFinishedAsTheEnd() throws IOException {
        Files.write(directory.resolve("9.segment"), new byte[4096]);
        for (int number = 3; number < 9; number++) {
            Files.deleteIfExists(directory.resolve(number + ".segment"));
        }
        Files.move(directory.resolve("9.segment"), directory.resolve("3.segment"));
        assertThat(read(0, 0)).isEqualTo(written);
    }

    @Test
    void goesOnFromAnOffsetInTheMiddle() {
        try (FormerJournal former = new FormerJournal(directory)) {
            List<UUID> found = new ArrayList<>();
            JournalStretch stretch =
                    former.reader()
                            .read(
                                    JournalOffset.START,
                                    new JournalBudget(7, Long.MAX_VALUE),
                                    record -> found.add(record.predictionId()));
            assertThat(stretch.records()).isEqualTo(7);
            former.reader()
                    .read(
                            stretch.to(),
                            JournalBudget.ALL,
                            record -> found.add(record.predictionId()));
            assertThat(found).isEqualTo(written);
        }
    }

    @Test
    void leavesNothingBehindWhenItIsDeleted() throws IOException {
        FormerJournal former = new FormerJournal(directory);
        former.delete();
        assertThat(directory).doesNotExist();
    }

    private List<UUID> read(long torn, long corrupt) {
        try (FormerJournal former = new FormerJournal(directory)) {
            List<UUID> found = new ArrayList<>();
            JournalStretch stretch =
                    former.reader()
                            .read(
                                    JournalOffset.START,
                                    JournalBudget.ALL,
                                    record -> found.add(record.predictionId()));
            assertThat(stretch.torn()).isEqualTo(torn);
            assertThat(stretch.corrupt()).isEqualTo(corrupt);
            assertThat(stretch.records()).isEqualTo(found.size());
            return found;
        }
    }

    private List<UUID> without(int index) {
        List<UUID> rest = new ArrayList<>(written);
        rest.remove(index);
        return rest;
    }

    private void flip(String segment, long place) throws IOException {
        try (RandomAccessFile file = file(segment)) {
            file.seek(place);
            int old = file.read();
            file.seek(place);
            file.write(old ^ 1);
        }
    }

    private RandomAccessFile file(String segment) throws IOException {
        return new RandomAccessFile(directory.resolve(segment).toFile(), "rw");
    }
}
