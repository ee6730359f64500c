package dev.tidegate.server.evidence;

import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.routing.RouteReader;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The guardrails of each route epoch, which never change once it is written. */
@Singleton
final class GuardrailBook {
    /** Epochs kept in memory. */
    private static final int MOST = 1024;

    private final Database database;
    private final RouteReader routes;

    // guarded by this
    private final Map<Long, EpochGuardrails> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, EpochGuardrails> eldest) {
                    return size() > MOST;
                }
            };

    GuardrailBook(Database database, RouteReader routes) {
        this.database = database;
        this.routes = routes;
    }

    synchronized EpochGuardrails of(long epoch) {
        return known.computeIfAbsent(epoch, this::read);
    }

    private EpochGuardrails read(long epoch) {
        return database.read(handle -> routes.ofEpoch(handle, epoch))
                .map(EpochGuardrails::of)
                .orElse(EpochGuardrails.NONE);
    }
}
