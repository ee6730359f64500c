package dev.tidegate.server.predictionlog;

import java.nio.charset.StandardCharsets;

/**
 * The lasting 64-bit hash by which a client's own id is found: FNV-1a over UTF-8, its bits mixed by
 * the finalizer of MurmurHash3.
 */
final class ClientHash {
    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private ClientHash() {}

    static long of(String clientId) {
        long hash = BASIS;
        for (byte octet : clientId.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
        return hash ^ hash >>> 33;
    }
}
