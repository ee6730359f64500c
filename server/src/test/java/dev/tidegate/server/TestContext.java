package dev.tidegate.server;

import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The server's beans over a fresh database and a home of their own; nothing listens yet. */
public final class TestContext {
    private TestContext() {}

    /** Returns a context that the caller closes. */
    public static ApplicationContext start(Path home) {
        return start(home, TestDatabase.createEmpty(), Map.of());
    }

    /** Returns a context over the given database with settings of the caller's. */
    public static ApplicationContext start(
            Path home, StorageLocation database, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("tidegate.home.directory", home.toString());
        all.put("tidegate.storage.url", database.url());
        all.put("tidegate.storage.username", database.username());
        String password = database.password();
        if (password != null) {
            all.put("tidegate.storage.password", password);
        }
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(all)
                .start();
    }
}
