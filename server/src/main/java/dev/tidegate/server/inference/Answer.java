package dev.tidegate.server.inference;

import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.RouteReason;

/** What a version gave. */
final class Answer {
    /** In place of a version's name, which has no parentheses. */
    private static final String RULES = "(rules)";

    private final RegisteredVersion version;
    private final RawResponseProtoMapper raw;
    private final RouteReason reason;
    private final int[] wanted;
    private final Tensor[] outputs;

    Answer(LoadedVersion version, RouteReason reason, int[] wanted, Tensor[] outputs) {
        this(version.version(), version.rawResponses(), reason, wanted, outputs);
    }

    /**
     * @param version that answered
     * @param raw its answers
     * @param reason why it did
     * @param wanted places of the outputs in its signature
     * @param outputs as many, in that order
     */
    private Answer(
            RegisteredVersion version,
            RawResponseProtoMapper raw,
            RouteReason reason,
            int[] wanted,
            Tensor[] outputs) {
        this.version = version;
        this.raw = raw;
        this.reason = reason;
        this.wanted = wanted;
        this.outputs = outputs;
    }

    /** Returns what rules gave in place of a champion, whose outputs they have. */
    static Answer ofRules(RegisteredVersion champion, int[] wanted, Tensor[] outputs) {
        RegisteredVersion rules = champion.named(RULES);
        return new Answer(
                rules,
                new RawResponseProtoMapper(rules),
                RouteReason.FALLBACK_RULES,
                wanted,
                outputs);
    }

    RegisteredVersion version() {
        return version;
    }

    RawResponseProtoMapper raw() {
        return raw;
    }

    RouteReason reason() {
        return reason;
    }

    int[] wanted() {
        return wanted;
    }

    Tensor[] outputs() {
        return outputs;
    }
}
