package dev.tidegate.server.inference;

import dev.tidegate.server.inference.rule.RuleSet;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.SignatureDifference;
import dev.tidegate.server.routing.Fallback;
import java.util.Objects;
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
            known = compiled(champion);
            newest = known;
        }
        return known.rules();
    }

    private Compiled compiled(RegisteredVersion champion) {
        try {
            return new Compiled(
                    champion.id(), RuleSet.compile(fallback.rules(), champion.signature()), null);
        } catch (TidegateException e) {
            return new Compiled(champion.id(), null, e);
        }
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

    /** Rules, or why there are none, and whom they were compiled for. */
    private record Compiled(
            long championId, @Nullable RuleSet compiled, @Nullable TidegateException misfit) {
        RuleSet rules() {
            if (compiled == null) {
                TidegateException why = Objects.requireNonNull(misfit);
                throw new TidegateException(why.code(), why.text(), why);
            }
            return compiled;
        }
    }
}
