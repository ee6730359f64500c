package dev.tidegate.server.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.server.platform.error.TidegateException;
import org.junit.jupiter.api.Test;

class DatabaseProbeTest {
    private final StorageLocation database = TestDatabase.createEmpty();

    @Test
    void takesADatabaseThatCanBeUsed() {
        assertThatCode(() -> DatabaseProbe.check(database, DatabaseProbe.OLDEST))
                .doesNotThrowAnyException();
    }

    @Test
    void namesUrlUserAndCauseWhenNothingListens() {
        assertThat(refusal(new StorageLocation("jdbc:postgresql://127.0.0.1:1/x", "ada", "s3cret")))
                .startsWith(
                        "database 'jdbc:postgresql://127.0.0.1:1/x' cannot be used by user 'ada':"
                                + " Connection to 127.0.0.1:1 refused")
                .endsWith("expected PostgreSQL 18 or later there");
    }

    @Test
    void namesTheUserOfAWrongPasswordAndNoPassword() {
        assertThat(refusal(new StorageLocation(database.url(), "tidegate", "wr0ng")))
                .contains(
                        "cannot be used by user 'tidegate': FATAL: password authentication failed"
                                + " for user \"tidegate\"");
        assertThat(
                        refusal(
                                new StorageLocation(
                                        database.url() + "?user=eve&password=wr0ng",
                                        "tidegate",
                                        null)))
                .contains("?user=eve&password=…' cannot be used by user 'eve': FATAL: password");
    }

    @Test
    void namesADatabaseThatDoesNotExist() {
        assertThat(
                        refusal(
                                new StorageLocation(
                                        database.url() + "_not",
                                        database.username(),
                                        database.password())))
                .contains("_not' cannot be used by user 'tidegate': FATAL: database \"test_")
                .contains("_not\" does not exist");
    }

    @Test
    void refusesAnOlderPostgresqlThanIsNeeded() {
        TidegateException refused =
                catchThrowableOfType(
                        TidegateException.class, () -> DatabaseProbe.check(database, 99));
        assertThat(refused.text())
                .contains("it is PostgreSQL 18.")
                .endsWith("expected PostgreSQL 99 or later");
    }

    @Test
    void refusesWhatIsNoUrlOfPostgresql() {
        assertThat(refusal(new StorageLocation("postgres://ada:s3cret@db/x", "ada", null)))
                .isEqualTo(
                        "database 'postgres://ada:…@db/x' is no URL of PostgreSQL; expected"
                                + " jdbc:postgresql://HOST:5432/DATABASE");
    }

    @Test
    void saysWhyTheSchemaCannotBeMade() {
        Database owner = new Database(database, 2);
        owner.transaction(
                tx -> {
                    tx.execute("create role reader_%s login password 'reader'".formatted(suffix()));
                    return tx.execute("drop schema public cascade");
                });
        owner.close();
        TidegateException refused =
                catchThrowableOfType(
                        TidegateException.class,
                        () ->
                                new Database(
                                                new StorageLocation(
                                                        database.url(),
                                                        "reader_" + suffix(),
                                                        "reader"),
                                                2)
                                        .close());
        assertThat(refused.text())
                .contains("cannot be used by user 'reader_")
                .contains("its schema cannot be brought up to date")
                .hasLineCount(1);
    }

    private String suffix() {
        return database.url().substring(database.url().length() - 8);
    }

    private static String refusal(StorageLocation location) {
        TidegateException refused =
                catchThrowableOfType(
                        TidegateException.class,
                        () -> DatabaseProbe.check(location, DatabaseProbe.OLDEST));
        assertThat(refused.text()).hasLineCount(1).doesNotContain("wr0ng", "s3cret");
        return refused.text();
    }
}
