package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.storage.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClientFilterTest {
    private final LogFileTable table = new LogFileTable();
    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void insert(String path, ClientFilter clients) {
        NewLogFile file =
                new NewLogFile(
                        1,
                        new LogHour(7),
                        path,
                        "0".repeat(64),
                        1,
                        new UUID(0, 0),
                        new UUID(0, 1),
                        new BlockSummary(),
                        clients);
        database.transaction(
                tx -> {
                    table.insert(tx, file, "test");
                    return file;
                });
    }

    private List<String> files(String clientId) {
        return database.read(
                handle -> table.ofClient(handle, clientId).stream().map(LogFile::path).toList());
    }

    @Test
    void findsEveryIdAndSeldomAnotherOne() {
        ClientFilter even = new ClientFilter();
        ClientFilter odd = new ClientFilter();
        for (int i = 0; i < 20_000; i++) {
            (i % 2 == 0 ? even : odd).add("request-" + i);
        }
        insert("even", even);
        insert("odd", odd);
        insert("none", new ClientFilter());
        assertThat(IntStream.range(0, 500))
                .allSatisfy(i -> assertThat(files("request-" + 2 * i)).contains("even"))
                .allSatisfy(i -> assertThat(files("request-" + (2 * i + 1))).contains("odd"));
        long others =
                IntStream.range(0, 500)
                        .filter(i -> files("request-" + 2 * i).contains("odd"))
                        .count();
        assertThat(others).isLessThan(25);
        assertThat(files("request-0")).doesNotContain("none");
    }

    @Test
    void findsTheOnlyIdOfAFile() {
        ClientFilter one = new ClientFilter();
        one.add("");
        assertThat(one.isEmpty()).isTrue();
        one.add("mine");
        one.add("mine");
        insert("one", one);
        assertThat(one.bytes()).hasSize(2);
        assertThat(files("mine")).containsExactly("one");
    }
}
