package dev.tidegate.server.stats;

/** What one arm showed in one step: sums alone. */
final class ArmTotals {
    private final long[] firstEvents;
    private final long[] events;
    private long units;
    private long requests;

    ArmTotals(int guardrails) {
        this.firstEvents = new long[guardrails];
        this.events = new long[guardrails];
    }

    void addUnit(int outcomes) {
        units++;
        for (int guardrail = 0; guardrail < firstEvents.length; guardrail++) {
            firstEvents[guardrail] += outcomes >>> guardrail & 1;
        }
    }

    void addRequests(long count, long[] counted) {
        requests += count;
        for (int guardrail = 0; guardrail < events.length; guardrail++) {
            events[guardrail] += counted[guardrail];
        }
    }

    long units() {
        return units;
    }

    long requests() {
        return requests;
    }

    long events(int guardrail) {
        return events[guardrail];
    }

    Trials trials(int guardrail) {
        return new Trials(units, firstEvents[guardrail]);
    }
}
