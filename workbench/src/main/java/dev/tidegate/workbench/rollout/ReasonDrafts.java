package dev.tidegate.workbench.rollout;

import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Reasons that were typed and not sent yet, by rollout; kept until the approval is given. */
public final class ReasonDrafts {
    private final Map<String, StringProperty> drafts = new HashMap<>();

    /** The draft for the rollout of that id, empty at first. */
    StringProperty of(String rollout) {
        return drafts.computeIfAbsent(rollout, _ -> new SimpleStringProperty(""));
    }
}
