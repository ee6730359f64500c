package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.home.HomeConfig;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalRecoveryTest {
    private static final JournalConfig SMALL = new JournalConfig(1 << 17, 1 << 21, 1 << 10);

    @TempDir Path directory;
    private final List<UUID> delivered = new CopyOnWriteArrayList<>();
    private final JournalBoots boots = new JournalBoots();
    private Database database;
    private Home home;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        home = new Home(new HomeConfig(directory));
    }

    @AfterEach
    void close() throws IOException {
        home.close();
        database.close();
    }

    @Test
    void deliversAndDeletesTheJournalsOfFormerBoots() {
        UUID first = leave(new UUID(1, 1));
        UUID second = leave(new UUID(2, 2));
        try (JournalRecovery recovery = recovery(new UUID(3, 3), this::deliver)) {
            recovery.start();
            await().until(() -> former().isEmpty());
        }
        assertThat(delivered).containsExactlyInAnyOrder(first, second);
        assertThat(gaps()).isEmpty();
    }

    @Test
    void leavesTheJournalOfTheRunningBootAlone() {
        leave(new UUID(1, 1));
        leave(new UUID(3, 3));
        try (JournalRecovery recovery = recovery(new UUID(3, 3), this::deliver)) {
            recovery.start();
            await().until(() -> former().size() == 1);
        }
        assertThat(former()).containsExactly(home.journal().resolve(new UUID(3, 3).toString()));
    }

    @Test
    void keepsAJournalThatCouldNotBeDeliveredAndTriesAgainAfterARestart() {
        UUID left = leave(new UUID(1, 1));
        try (JournalRecovery recovery =
                recovery(
                        new UUID(3, 3),
                        journal -> {
                            deliver(journal);
                            throw new IllegalStateException("the database is away");
                        })) {
            recovery.start();
            await().until(() -> !delivered.isEmpty());
        }
        assertThat(former()).hasSize(1);
        try (JournalRecovery recovery = recovery(new UUID(4, 4), this::deliver)) {
            recovery.start();
            await().until(() -> former().isEmpty());
        }
        assertThat(delivered).contains(left);
        assertThat(gaps()).containsExactly(new UUID(3, 3));
    }

    @Test
    void listsABootWhoseJournalIsGoneAsAGap() throws IOException {
        try (JournalRecovery recovery = recovery(new UUID(1, 1), this::deliver)) {
            recovery.start();
        }
        leave(new UUID(1, 1));
        new FormerJournal(home.journal().resolve(new UUID(1, 1).toString())).delete();
        try (JournalRecovery recovery = recovery(new UUID(2, 2), this::deliver)) {
            recovery.start();
        }
        assertThat(gaps()).containsExactly(new UUID(1, 1));
    }

    private JournalRecovery recovery(UUID boot, JournalDelivery delivery) {
        return new JournalRecovery(
                home, new Replica(boot, "test"), database, boots, List.of(delivery));
    }

    private void deliver(FormerJournal journal) {
        ReadBack.all(journal.reader()).forEach(event -> delivered.add(event.predictionId()));
    }

    private UUID leave(UUID boot) {
        ArmEvent event = new Events(boot.getMostSignificantBits()).plain();
        try (Journal journal = new Journal(home.journal().resolve(boot.toString()), SMALL)) {
            ReadBack.append(journal, event);
        }
        return event.predictionId();
    }

    private List<Path> former() {
        try (var paths = Files.list(home.journal())) {
            return paths.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<UUID> gaps() {
        return database.read(boots::gaps);
    }
}
