package dev.tidegate.server.inference;

import dev.tidegate.server.inference.rule.RuleSet;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ModelRegistry;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.SignatureDifference;
import dev.tidegate.server.routing.Fallback;
import dev.tidegate.server.routing.FallbackRungs;
import dev.tidegate.server.routing.NewFallback;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes ladders of fallbacks. */
@Singleton
final class LadderRungs implements FallbackRungs {
    private final Ladders ladders;
    private final ModelRegistry registry;
    private final RoutedVersions versions;

    LadderRungs(Ladders ladders, ModelRegistry registry, RoutedVersions versions) {
        this.ladders = ladders;
        this.registry = registry;
        this.versions = versions;
    }

    @Override
    public void requireFit(long championId, NewFallback fallback) {
        registry.byId(championId).ifPresent(champion -> requireFit(champion, fallback));
    }

    private void requireFit(RegisteredVersion champion, NewFallback fallback) {
        if (!fallback.version().isEmpty()) {
            requireSameSignature(champion, registry.version(champion.model(), fallback.version()));
        }
        if (!fallback.rules().isEmpty()) {
            RuleSet.compile(fallback.rules(), champion.signature());
        }
    }

    private static void requireSameSignature(
            RegisteredVersion champion, RegisteredVersion earlier) {
        SignatureDifference.between(champion, earlier)
                .ifPresent(
                        difference -> {
                            throw TidegateException.precondition(
                                    "%s cannot stand in for the champion %s: %s"
                                            .formatted(
                                                    earlier.label(),
                                                    champion.version(),
                                                    difference));
                        });
    }

    @Override
    public void put(List<Fallback> fallbacks) {
        fallbacks.forEach(fallback -> ladders.put(new Ladder(fallback)));
    }

    @Override
    public void keepLoaded() {
        ladders.versionIds().forEach(versions::isLoaded);
    }
}
