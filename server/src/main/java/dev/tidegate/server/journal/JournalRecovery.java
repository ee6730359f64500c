package dev.tidegate.server.journal;

import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the journals that former processes left in this home, then deletes them. */
@Singleton
public final class JournalRecovery implements Startup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Path journals;
    private final Replica replica;
    private final Database database;
    private final JournalBoots boots;
    private final List<JournalDelivery> deliveries;
    private volatile Map<UUID, Optional<String>> undelivered = Map.of();
    private @Nullable PeriodicTask task;

    JournalRecovery(
            Home home,
            Replica replica,
            Database database,
            JournalBoots boots,
            List<JournalDelivery> deliveries) {
        journals = home.journal();
        this.replica = replica;
        this.database = database;
        this.boots = boots;
        this.deliveries = List.copyOf(deliveries);
    }

    @Override
    public int getOrder() {
        return RECOVERY;
    }

    /**
     * Notes this boot and the journals that are gone; the others are delivered in the background.
     */
    @Override
    public void start() {
        String place = host() + ":" + journals.toAbsolutePath();
        List<UUID> former = formerBoots();
        former.forEach(boot -> note(boot, Optional.empty()));
        List<UUID> present = new ArrayList<>(former);
        present.add(replica.boot());
        List<UUID> gone =
                database.transaction(
                        tx -> {
                            boots.opened(tx, replica.boot(), place);
                            return boots.missing(tx, place, present);
                        });
        gone.forEach(
                boot -> LOG.error("the journal of boot {} is gone: its evidence has a gap", boot));
        task = PeriodicTask.start("journal-recovery", PERIOD, this::recover);
    }

    /** Delivers what can be; one journal that cannot be delivered does not hold up the others. */
    private void recover() {
        List<RuntimeException> failures = new ArrayList<>();
        for (UUID boot : formerBoots()) {
            try {
                recover(boot);
                forget(boot);
            } catch (RuntimeException e) {
                note(boot, Optional.of(String.valueOf(e.getMessage())));
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException left =
                    new IllegalStateException(
                            failures.size() + " journals of former boots are not delivered yet");
            failures.forEach(left::addSuppressed);
            throw left;
        }
    }

    private void recover(UUID boot) {
        try (FormerJournal journal = new FormerJournal(journals.resolve(boot.toString()))) {
            deliveries.forEach(delivery -> delivery.drain(journal));
            database.transaction(
                    tx -> {
                        boots.drained(tx, boot);
                        return boot;
                    });
            journal.delete();
            LOG.info("the journal of boot {} is delivered", boot);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of boot " + boot + " cannot be deleted", e);
        }
    }

    /** Returns the boots whose journals lie here undelivered, each with why the last try failed. */
    public Map<UUID, Optional<String>> undelivered() {
        return undelivered;
    }

    private void note(UUID boot, Optional<String> failure) {
        Map<UUID, Optional<String>> next = new LinkedHashMap<>(undelivered);
        next.put(boot, failure);
        undelivered = Collections.unmodifiableMap(next);
    }

    private void forget(UUID boot) {
        Map<UUID, Optional<String>> next = new LinkedHashMap<>(undelivered);
        next.remove(boot);
        undelivered = Collections.unmodifiableMap(next);
    }

    private List<UUID> formerBoots() {
        try (Stream<Path> directories = Files.list(Files.createDirectories(journals))) {
            return directories
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.length() == 36 && !name.equals(replica.boot().toString()))
                    .map(UUID::fromString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the journals in " + journals + " cannot be listed", e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    @PreDestroy
    public void close() {
        PeriodicTask running = task;
        if (running != null) {
            running.close();
        }
    }
}
