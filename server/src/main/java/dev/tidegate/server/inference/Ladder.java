package dev.tidegate.server.inference;

import dev.tidegate.server.inference.rule.RuleSet;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.SignatureDifference;
import dev.tidegate.server.routing.Fallback;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What stands in for a model's champion on this replica. */
final class Ladder {
    static final Ladder NONE = new Ladder(new Fallback(0, 0, OptionalLong.empty(), ""));

    private final Fallback fallback;
    private volatile @Nullable Compiled newest;
    private volatile @Nullable Fit fit;

    Ladder(Fallback fallback) {
        this.fallback = fallback;
    }

    long modelId() {
        return fallback.modelId();
    }

    OptionalLong versionId() {
        return fallback.versionId();
    }

    boolean hasRules() {
        return !fallback.rules().isEmpty();
    }

    /** Returns whether it has any rung. */
    boolean isSet() {
        return fallback.versionId().isPresent() || hasRules();
    }

    /**
     * Returns the rules for a champion.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException when they do not fit its
     *     signature
     */
    RuleSet rules(RegisteredVersion champion) {
        Compiled known = newest;
        if (known == null || known.championId != champion.id()) {
            known =
                    new Compiled(
                            champion.id(), RuleSet.compile(fallback.rules(), champion.signature()));
            newest = known;
        }
        return known.rules;
    }

    /**
     * Returns why its version cannot stand in for a champion: empty unless that takes or answers
     * something else.
     */
    Optional<String> misfit(RegisteredVersion champion, RegisteredVersion earlier) {
        Fit known = fit;
        if (known == null || known.championId != champion.id()) {
            known = new Fit(champion.id(), SignatureDifference.between(champion, earlier));
            fit = known;
        }
        return known.difference;
    }

    /** How the ladder's version differs from a champion. */
    private record Fit(long championId, Optional<String> difference) {}

    /** Rules and whom they were compiled for. */
    private record Compiled(long championId, RuleSet rules) {}
}
