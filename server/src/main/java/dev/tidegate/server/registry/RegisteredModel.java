package dev.tidegate.server.registry;

import java.util.List;

/**
 * A model with its versions, oldest first.
 *
 * @param revision rises with every change to the model
 */
public record RegisteredModel(
        long id, String name, long revision, List<RegisteredVersion> versions) {
    public RegisteredModel {
        versions = List.copyOf(versions);
    }
}
