package dev.tidegate.workbench.fleet;

import java.util.List;
import java.util.Map;

/** The fleet at one moment, with the history of its versions by model. */
public record FleetSnapshot(
        ServerState server, List<FleetModel> models, Map<String, ModelHistory.Series> history) {
    public FleetSnapshot {
        models = List.copyOf(models);
        history = Map.copyOf(history);
    }

    ModelHistory.Series historyOf(String model) {
        return history.getOrDefault(model, ModelHistory.Series.none());
    }

    /** How many rollouts wait for an approval that the caller may give. */
    public long waitingForMe() {
        return models.stream()
                .flatMap(model -> model.rollout().stream())
                .filter(FleetModel.OpenRollout::waitsForMe)
                .count();
    }

    /** How many rollouts wait for a person's approval. */
    public long waitingForApproval() {
        return models.stream()
                .flatMap(model -> model.rollout().stream())
                .filter(FleetModel.OpenRollout::waitsForApproval)
                .count();
    }
}
