package dev.tidegate.server.evidence;

import dev.tidegate.server.stats.LatencyHistogram;
import dev.tidegate.server.stats.LatencyHistogram.Bucket;

/**
 * The stored form of a row's payload, schema 1.
 *
 * <p>Counts are varints (seven bits an octet, lowest first, the highest bit says that more follow),
 * unit hashes eight octets, little-endian. In order: judged requests; number of guardrails and
 * their events; number of filled latency buckets, and for each the distance to the index before and
 * its count; number of new units, and for each hash and first outcome; number of units with events,
 * and for each hash and events.
 */
public final class ArmSecondCodec {
    /** Number of this form; stored beside each payload. */
    public static final short SCHEMA = 1;

    private ArmSecondCodec() {}

    static byte[] encode(ArmPayload payload) {
        PayloadWriter out = new PayloadWriter();
        out.count(payload.judged());
        out.count(payload.events().length);
        for (long events : payload.events()) {
            out.count(events);
        }
        latency(out, payload.latency());
        units(out, payload.newUnits());
        units(out, payload.eventUnits());
        return out.finished();
    }

    private static void latency(PayloadWriter out, LatencyHistogram latency) {
        var buckets = latency.buckets();
        out.count(buckets.size());
        int before = 0;
        for (Bucket bucket : buckets) {
            out.count(bucket.index() - before);
            out.count(bucket.count());
            before = bucket.index();
        }
    }

    private static void units(PayloadWriter out, UnitMarks marked) {
        long[] units = marked.units();
        byte[] marks = marked.marks();
        out.count(units.length);
        for (int i = 0; i < units.length; i++) {
            out.unit(units[i], marks[i]);
        }
    }

    /**
     * Returns the payload that was stored.
     *
     * @throws IllegalArgumentException when the bytes are no payload of schema 1
     */
    public static ArmPayload decode(byte[] payload) {
        PayloadReader in = new PayloadReader(payload);
        long judged = in.count();
        long[] events = new long[in.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = in.count();
        }
        return new ArmPayload(judged, events, latency(in), units(in), units(in));
    }

    private static LatencyHistogram latency(PayloadReader in) {
        LatencyHistogram latency = new LatencyHistogram();
        int index = 0;
        for (int left = in.size(); left > 0; left--) {
            index += in.size();
            latency.add(new Bucket(index, in.count()));
        }
        return latency;
    }

    private static UnitMarks units(PayloadReader in) {
        UnitMarks marked = new UnitMarks();
        for (int left = in.size(); left > 0; left--) {
            marked.add(in.unit(), in.mark());
        }
        return marked;
    }
}
