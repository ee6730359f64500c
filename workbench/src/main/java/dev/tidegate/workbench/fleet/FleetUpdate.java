package dev.tidegate.workbench.fleet;

import java.util.List;

/**
 * One message of the fleet's stream: the state now, and the seconds closed since the last message.
 */
public record FleetUpdate(ServerState server, List<FleetModel> models, List<FleetSecond> seconds) {
    public FleetUpdate {
        models = List.copyOf(models);
        seconds = List.copyOf(seconds);
    }
}
