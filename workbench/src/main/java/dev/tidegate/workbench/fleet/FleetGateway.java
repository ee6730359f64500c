package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.connection.StreamSource;
import java.time.Duration;

/** Watches all models. */
public interface FleetGateway {
    /** The stream of the whole fleet; its first message has that much history. */
    StreamSource<FleetUpdate> watch(Duration history);
}
