package dev.tidegate.server.serve;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the command line said; absent where it said nothing. */
record ServeFlags(
        Path home,
        @Nullable Integer httpPort,
        @Nullable Integer grpcPort,
        @Nullable Integer managementPort,
        @Nullable String database,
        @Nullable Path config,
        @Nullable Path modelRepository,
        @Nullable String bind,
        boolean insecure,
        TlsFlags tls) {

    /** Returns the settings that the flags stand for. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("tidegate.home.directory", home.toString());
        put(settings, "tidegate.edge.http-port", httpPort);
        put(settings, "tidegate.edge.grpc-port", grpcPort);
        put(settings, "tidegate.edge.management-port", managementPort);
        put(settings, "tidegate.storage.url", database);
        put(
                settings,
                "tidegate.registry.model-repository",
                modelRepository == null ? null : modelRepository.toString());
        put(settings, "tidegate.edge.bind", bind);
        if (insecure) {
            settings.put("tidegate.edge.insecure", true);
        }
        settings.putAll(tls.settings());
        return settings;
    }

    private static void put(Map<String, Object> settings, String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
