package dev.tidegate.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeliveryAtShutdownTest {
    @TempDir Path home;

    @Test
    void deliversTheRestBeforeTheServerEnds() {
        StorageLocation location = TestDatabase.createEmpty();
        Events events = new Events(23);
        try (ApplicationContext context = DeliveringProcess.start(home, location)) {
            Journal journal = context.getBean(Journal.class);
            for (int i = 0; i < 5_000; i++) {
                ReadBack.append(journal, events.plain());
            }
        }
        try (Database database = new Database(location, 3)) {
            assertThat(number(database, "select sum(events) from prediction_block"))
                    .isEqualTo(5_000);
            assertThat(number(database, "select sum(requests) from evidence_row")).isEqualTo(5_000);
        }
    }

    private static long number(Database database, String query) {
        return database.read(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
