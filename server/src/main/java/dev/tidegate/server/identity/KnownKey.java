package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.Admission;
import dev.tidegate.server.platform.time.MonotonicClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A valid key in memory.
 *
 * <p>The text that once matched the digest is kept, so that later calls compare it, in constant
 * time, instead of hashing it.
 */
final class KnownKey implements InferencePermit, Admission {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Principal principal;
    private final String digest;
    private final @Nullable RateLimit limit;
    private final @Nullable RateGate gate;
    private final MonotonicClock clock;
    private volatile @Nullable String proven;
    private volatile boolean revoked;

    /**
     * @param digest SHA-256 of the whole key, hexadecimal
     * @param limit null for none
     */
    KnownKey(Principal principal, String digest, @Nullable RateLimit limit, MonotonicClock clock) {
        this.principal = principal;
        this.digest = digest;
        this.limit = limit;
        this.gate = limit == null ? null : new RateGate(limit, clock.nanos());
        this.clock = clock;
    }

    Principal principal() {
        return principal;
    }

    /** Returns whether both stand for the same, so that this one may go on with what it counted. */
    boolean isAs(KnownKey other) {
        return principal.equals(other.principal)
                && digest.equals(other.digest)
                && Objects.equals(limit, other.limit);
    }

    /** Returns whether the other has the same secret, whatever else changed. */
    boolean isSecretOf(KnownKey other) {
        return digest.equals(other.digest);
    }

    boolean isProvenBy(String text) {
        String known = proven;
        if (known != null) {
            return isEqual(known, text);
        }
        if (!Secret.parse(text).hasDigest(digest)) {
            return false;
        }
        proven = text;
        return true;
    }

    private static boolean isEqual(String known, String text) {
        if (known.length() != text.length()) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < known.length(); i++) {
            difference |= known.charAt(i) ^ text.charAt(i);
        }
        return difference == 0;
    }

    /** From now on nobody is let in by it, who was so before neither. */
    void revoke() {
        revoked = true;
    }

    @Override
    public void check() {
        if (revoked) {
            throw TidegateException.unauthenticated(
                    "the key '%s' was revoked".formatted(principal.name()));
        }
    }

    @Override
    public void take() {
        check();
        if (gate == null) {
            return;
        }
        long wait = gate.take(clock.nanos());
        if (wait > 0) {
            long millis = (wait + MILLISECOND - 1) / MILLISECOND;
            throw TidegateException.exhausted(
                    "key '%s' asks faster than its %s requests a second; try again in %d ms"
                            .formatted(principal.name(), limit, millis),
                    Duration.ofMillis(millis));
        }
    }
}
