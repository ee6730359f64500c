package dev.tidegate.server.predictionlog;

import java.util.Arrays;
import org.jdbi.v3.core.statement.Query;

/**
 * Tells of a Parquet file that it has no prediction with a client's id, without its being read; of
 * 100 files that have none it takes about one for one that has.
 *
 * <p>A Bloom filter (Bloom 1970) with {@value #BITS} bits an id and {@value #PROBES} probes, whose
 * places are {@code (h₁ + i·h₂) mod bits} with two halves of {@link ClientHash} (Kirsch and
 * Mitzenmacher 2006). PostgreSQL looks at the few bytes that it needs.
 */
final class ClientFilter {
    private static final int BITS = 10;
    private static final int PROBES = 4;

    private long[] hashes = {};
    private int count;

    void add(String clientId) {
        if (!clientId.isEmpty()) {
            if (count == hashes.length) {
                hashes = Arrays.copyOf(hashes, Math.max(64, count * 2));
            }
            hashes[count++] = ClientHash.of(clientId);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Returns the filter, the lowest bit of each byte first. */
    byte[] bytes() {
        long[] distinct = Arrays.stream(hashes, 0, count).sorted().distinct().toArray();
        byte[] bytes = new byte[Math.ceilDiv(distinct.length * BITS, Byte.SIZE)];
        for (long hash : distinct) {
            for (int i = 0; i < PROBES; i++) {
                long bit = (start(hash) + i * step(hash)) % ((long) bytes.length * Byte.SIZE);
                bytes[(int) (bit / Byte.SIZE)] |= (byte) (1 << bit % Byte.SIZE);
            }
        }
        return bytes;
    }

    private static long start(long hash) {
        return hash & Integer.MAX_VALUE;
    }

    private static long step(long hash) {
        return hash >>> 33 | 1;
    }

    /** Returns the condition that a column with such a filter may have a client's id. */
    static String mayHave(String column) {
        return """
               not exists (
                 select from generate_series(0, %2$d) as probe,
                   lateral (select (:start + probe * :step) %% (octet_length(%1$s)::bigint * 8) as bit) as place
                 where get_byte(substring(%1$s from (bit / 8)::int + 1 for 1), 0) & (1 << (bit %% 8)::int) = 0)
               """
                .formatted(column, PROBES - 1);
    }

    static Query bind(Query query, String clientId) {
        long hash = ClientHash.of(clientId);
        return query.bind("start", start(hash)).bind("step", step(hash));
    }
}
