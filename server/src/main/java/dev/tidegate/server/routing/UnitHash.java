package dev.tidegate.server.routing;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** 64 bits that stand for a unit everywhere; SipHash-2-4 under the installation's own key. */
public final class UnitHash {
    private final HashFunction function;

    UnitHash(Salt key) {
        this.function = Hashing.sipHash24(key.first(), key.second());
    }

    public long of(String unit) {
        return function.hashString(unit, StandardCharsets.UTF_8).asLong();
    }
}
