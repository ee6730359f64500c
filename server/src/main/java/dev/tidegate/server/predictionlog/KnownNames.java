package dev.tidegate.server.predictionlog;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegistryName;
import org.jdbi.v3.core.Handle;

/** Refuses a filter by a name that nobody has: nothing found would look like no traffic. */
final class KnownNames {
    private static final String MODEL = "select exists (select from model where name = :name)";
    private static final String VERSION =
            "select exists (select from model_version where version = :name)";

    private final Handle handle;

    KnownNames(Handle handle) {
        this.handle = handle;
    }

    /**
     * @throws TidegateException with kind not found, naming what is unknown
     */
    void require(PredictionFilter filter) {
        filter.model().ifPresent(name -> require("model", name, MODEL));
        filter.version().ifPresent(name -> require("version", name, VERSION));
    }

    private void require(String kind, String name, String exists) {
        if (!RegistryName.isPossible(name)
                || !handle.createQuery(exists).bind("name", name).mapTo(Boolean.class).one()) {
            throw TidegateException.notFound(
                    "%s '%s' is unknown".formatted(kind, Excerpt.of(name)));
        }
    }
}
