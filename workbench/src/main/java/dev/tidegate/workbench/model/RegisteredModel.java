package dev.tidegate.workbench.model;

import java.util.List;
import java.util.Optional;

/** A model and its versions, the oldest first. */
record RegisteredModel(String name, long revision, List<ServedVersion> versions) {
    RegisteredModel {
        versions = List.copyOf(versions);
    }

    Optional<ServedVersion> version(String version) {
        return versions.stream().filter(each -> each.version().equals(version)).findFirst();
    }

    Optional<ServedVersion> champion() {
        return versions.stream().filter(ServedVersion::isChampion).findFirst();
    }

    long loaded() {
        return versions.stream().filter(ServedVersion::loaded).count();
    }
}
