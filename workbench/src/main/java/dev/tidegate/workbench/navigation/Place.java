package dev.tidegate.workbench.navigation;

import java.util.Optional;

/** Somewhere in the workbench; each has a link that can be copied, kept and followed. */
public sealed interface Place {
    String SCHEME = "tidegate://";

    record Overview() implements Place {}

    record Models() implements Place {}

    record OneModel(String name) implements Place {
        public OneModel {
            if (name.isBlank()) {
                throw new IllegalArgumentException("Expected a model's name, got nothing");
            }
        }
    }

    record Rollouts() implements Place {}

    record OneRollout(String id) implements Place {
        public OneRollout {
            if (id.isBlank()) {
                throw new IllegalArgumentException("Expected a rollout's id, got nothing");
            }
        }
    }

    /**
     * The playground, for a model or for any when empty, with a logged request or none when empty.
     */
    record Playground(String model, String entry) implements Place {}

    record Batches() implements Place {}

    default String link() {
        return SCHEME
                + switch (this) {
                    case Overview _ -> "overview";
                    case Models _ -> "models";
                    case OneModel one -> "models/" + one.name();
                    case Rollouts _ -> "rollouts";
                    case OneRollout one -> "rollouts/" + one.id();
                    case Playground playground -> playgroundLink(playground);
                    case Batches _ -> "batches";
                };
    }

    private static String playgroundLink(Playground playground) {
        String model = playground.model().isEmpty() ? "" : "/" + playground.model();
        return "playground"
                + model
                + (playground.entry().isEmpty() ? "" : "/" + playground.entry());
    }

    /** The place that a link names, if it names one. */
    public static Optional<Place> of(String link) {
        if (!link.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String path = link.substring(SCHEME.length());
        int slash = path.indexOf('/');
        String screen = slash < 0 ? path : path.substring(0, slash);
        String detail = slash < 0 ? "" : path.substring(slash + 1);
        return switch (screen) {
            case "overview" -> Optional.of(new Overview());
            case "models" -> Optional.of(detail.isBlank() ? new Models() : new OneModel(detail));
            case "rollouts" ->
                    Optional.of(detail.isBlank() ? new Rollouts() : new OneRollout(detail));
            case "playground" -> Optional.of(playground(detail));
            case "batches" -> Optional.of(new Batches());
            default -> Optional.empty();
        };
    }

    private static Playground playground(String detail) {
        int slash = detail.indexOf('/');
        return slash < 0
                ? new Playground(detail, "")
                : new Playground(detail.substring(0, slash), detail.substring(slash + 1));
    }
}
