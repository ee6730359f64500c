package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the prediction log's table holds. */
public final class LoggedEvents {
    private LoggedEvents() {}

    /** Returns every prediction, block by block. */
    public static List<ArmEvent> of(Handle handle) {
        List<ArmEvent> events = new ArrayList<>();
        handle.createQuery("select body from prediction_block order by bucket, last_id")
                .mapTo(byte[].class)
                .forEach(body -> BlockReader.read(body, events::add));
        return events;
    }
}
