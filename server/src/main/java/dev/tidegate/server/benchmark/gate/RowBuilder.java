package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.stats.Arm;
import dev.tidegate.server.stats.ArmSecond;
import java.util.Arrays;

/** Gathers what one replica sees of one arm in one second. */
final class RowBuilder {
    private final Arm arm;
    private final long[] events;
    private long requests;
    private long[] newUnits = new long[16];
    private byte[] outcomes = new byte[16];
    private int news;
    private long[] eventUnits = new long[16];
    private byte[] masks = new byte[16];
    private int withEvents;

    RowBuilder(Arm arm, int guardrails) {
        this.arm = arm;
        this.events = new long[guardrails];
    }

    void add(long unit, boolean isNew, int mask) {
        requests++;
        if (isNew) {
            newUnits = grown(newUnits, news);
            outcomes = grown(outcomes, news);
            newUnits[news] = unit;
            outcomes[news++] = (byte) mask;
        }
        if (mask != 0) {
            eventUnits = grown(eventUnits, withEvents);
            masks = grown(masks, withEvents);
            eventUnits[withEvents] = unit;
            masks[withEvents++] = (byte) mask;
            for (int i = 0; i < events.length; i++) {
                events[i] += mask >>> i & 1;
            }
        }
    }

    /** Returns the row and starts over. */
    ArmSecond finish(long epoch) {
        ArmSecond row =
                new ArmSecond(
                        epoch,
                        arm,
                        requests,
                        events.clone(),
                        Arrays.copyOf(newUnits, news),
                        Arrays.copyOf(outcomes, news),
                        Arrays.copyOf(eventUnits, withEvents),
                        Arrays.copyOf(masks, withEvents));
        Arrays.fill(events, 0);
        requests = 0;
        news = 0;
        withEvents = 0;
        return row;
    }

    private static long[] grown(long[] array, int used) {
        return used < array.length ? array : Arrays.copyOf(array, used * 2);
    }

    private static byte[] grown(byte[] array, int used) {
        return used < array.length ? array : Arrays.copyOf(array, used * 2);
    }
}
