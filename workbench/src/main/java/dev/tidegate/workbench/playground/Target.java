package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Which model is asked, and which of its versions, out of those that are registered. */
final class Target {
    /** Stands for the version that the route chooses. */
    static final String ROUTED = "as routed";

    /** Stands for all versions at once. */
    static final String EVERY = "side by side";

    /** Versions that fit side by side: the newest. */
    private static final int ABREAST = 3;

    private final ReadOnlyObjectWrapper<Feed<List<ModelChoice>>> models =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final StringProperty model = new SimpleStringProperty("");
    private final StringProperty version = new SimpleStringProperty(ROUTED);
    private final ObservableList<String> versions = FXCollections.observableArrayList();

    /** Takes what the registry said, and chooses the wanted model, or the first. */
    void show(Outcome<List<ModelChoice>> outcome, String wanted, Instant now) {
        switch (outcome) {
            case Outcome.Answered<List<ModelChoice>> answered -> {
                models.set(models.get().withValue(answered.value(), now));
                model.set(nameOf(answered.value(), wanted.isEmpty() ? model.get() : wanted));
            }
            case Outcome.Failed<List<ModelChoice>> failed ->
                    models.set(models.get().withLoss(failed.failure()));
        }
    }

    /** What was registered may have changed: the server does not answer any more. */
    void lose(ServiceFailure failure) {
        models.set(models.get().withLoss(failure));
    }

    boolean isLive() {
        return models.get() instanceof Feed.Live;
    }

    private static String nameOf(List<ModelChoice> choices, String wanted) {
        return choices.stream()
                .map(ModelChoice::name)
                .filter(wanted::equals)
                .findFirst()
                .orElse(choices.isEmpty() ? "" : choices.getFirst().name());
    }

    /**
     * Offers the versions of the chosen model; one that it does not have gives way to the route.
     */
    void offerVersions() {
        List<String> names = new ArrayList<>(List.of(ROUTED));
        chosen().ifPresent(found -> found.versions().forEach(one -> names.add(one.version())));
        if (names.size() > 2) {
            names.add(EVERY);
        }
        offer(versions, names);
        if (!names.contains(version.get())) {
            version.set(ROUTED);
        }
    }

    /** Changes only what differs, so that a control keeps what is chosen in it. */
    static void offer(ObservableList<String> offered, List<String> names) {
        offered.removeIf(name -> !names.contains(name));
        for (int i = 0; i < names.size(); i++) {
            if (i >= offered.size() || !offered.get(i).equals(names.get(i))) {
                offered.add(i, names.get(i));
            }
        }
        offered.remove(names.size(), offered.size());
    }

    private Optional<ModelChoice> chosen() {
        return models.get().newest().stream()
                .flatMap(List::stream)
                .filter(choice -> choice.name().equals(model.get()))
                .findFirst();
    }

    /** What the chosen version takes; the champion's signature where none is named. */
    Optional<Signature> signature() {
        return chosen().flatMap(
                        choice ->
                                named().isEmpty()
                                        ? choice.preferred("champion")
                                        : choice.versions().stream()
                                                .filter(one -> one.version().equals(named()))
                                                .findFirst())
                .map(ModelChoice.Version::signature);
    }

    /** The version that a request names; empty when the route chooses. */
    String named() {
        return version.get().equals(ROUTED) || version.get().equals(EVERY) ? "" : version.get();
    }

    boolean isEvery() {
        return version.get().equals(EVERY);
    }

    /** The newest versions, as many as fit side by side. */
    List<String> abreast() {
        List<String> all =
                versions.stream()
                        .filter(name -> !name.equals(ROUTED) && !name.equals(EVERY))
                        .toList();
        return all.subList(Math.max(0, all.size() - ABREAST), all.size());
    }

    ReadOnlyObjectProperty<Feed<List<ModelChoice>>> modelsProperty() {
        return models.getReadOnlyProperty();
    }

    StringProperty modelProperty() {
        return model;
    }

    StringProperty versionProperty() {
        return version;
    }

    ObservableList<String> versions() {
        return versions;
    }
}
