package dev.tidegate.server.benchmark.gate;

import dev.tidegate.server.stats.Arm;
import dev.tidegate.server.stats.ArmSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests of one simulated rollout, second by second, on two replicas.
 *
 * <p>A row belongs to a unit, and fails or not for good on each arm. In a disturbed world stalls
 * come about every three minutes and slow both arms for some seconds, with one request in twenty
 * failing on either; a client that saw an error of the champion repeats its request in the next
 * second (an error of the candidate it never sees: the champion answers in its place); the second
 * replica changes its route a second late; and in some runs it dies, its last rows come twenty
 * seconds late, and all its units go to the first.
 */
final class Traffic {
    private static final double STALL_STARTS = 1.0 / 180; // a second
    private static final double STALL_LEVEL = 3; // standard deviations
    private static final double STALL_ERRORS = 0.05;
    private static final double RETRIES = 0.5;
    private static final int LATE_BY = 20; // seconds

    private final World world;
    private final double errorRate;
    private final double mean;
    private final SplittableRandom random;
    private final LatencyModel latency;
    private final int guardrails;
    private final UnitHasher places;
    private final UnitHasher championRows;
    private final UnitHasher candidateRows;
    private final Replica first;
    private final Replica second;
    private final int deathOfSecond;
    private List<Integer> retries = new ArrayList<>();
    private List<ArmSecond> heldBack = List.of();
    private int stallLeft;
    private int now;
    private long requests;

    Traffic(Scenario scenario, int run, SplittableRandom random) {
        this.world = scenario.world();
        this.random = random;
        this.errorRate = world.errorRate(run);
        this.mean =
                world.slowestTraffic()
                        + random.nextDouble() * (world.busiestTraffic() - world.slowestTraffic());
        this.guardrails = scenario.plan().guardrails().size();
        this.latency = new LatencyModel(world, scenario.plan().guardrails(), watched(), random);
        this.places = new UnitHasher(random.nextLong());
        this.championRows = new UnitHasher(random.nextLong());
        this.candidateRows = world.otherRows() ? new UnitHasher(random.nextLong()) : championRows;
        this.first = new Replica(world.population().size(), guardrails);
        this.second = new Replica(world.population().size(), guardrails);
        this.deathOfSecond =
                world.disturbed() && random.nextInt(3) == 0
                        ? random.nextInt(600)
                        : Integer.MAX_VALUE;
    }

    /** Returns how many requests the champion is watched for: a minute's, at least 500. */
    private int watched() {
        return Math.max(500, (int) (60 * mean));
    }

    long requests() {
        return requests;
    }

    /**
     * Puts a route in force; in a disturbed world on the second replica only from the next second
     * on.
     */
    void route(int epoch, double weight, boolean alsoSecond) {
        first.route(epoch, weight);
        if (alsoSecond) {
            second.route(epoch, weight);
        }
    }

    /** Returns rows that come late in this second, mostly none. */
    List<ArmSecond> lateRows() {
        return now == deathOfSecond + LATE_BY ? heldBack : List.of();
    }

    /** Returns all rows of the next second. */
    List<ArmSecond> nextSecond() {
        stall();
        List<Integer> repeated = retries;
        retries = new ArrayList<>();
        repeated.forEach(this::request);
        for (int left = poisson(); left > 0; left--) {
            request(world.population().draw(random));
        }
        List<ArmSecond> rows = new ArrayList<>(first.closeSecond());
        List<ArmSecond> others = second.closeSecond();
        if (now == deathOfSecond) {
            heldBack = others;
        } else {
            rows.addAll(others);
        }
        now++;
        return rows;
    }

    private void stall() {
        if (stallLeft > 0) {
            stallLeft--;
        } else if (world.disturbed() && random.nextDouble() < STALL_STARTS) {
            stallLeft = random.nextInt(1, 6);
        }
    }

    private void request(int unit) {
        requests++;
        Replica replica = now > deathOfSecond || random.nextBoolean() ? first : second;
        Arm arm = replica.arm(places.place(unit));
        boolean failed = fails(unit, arm);
        replica.answer(
                unit, places.bits(unit), arm, failed ? (1 << guardrails) - 1 : slowMask(unit, arm));
        if (failed && arm == Arm.CHAMPION && world.disturbed() && random.nextDouble() < RETRIES) {
            retries.add(unit);
        }
    }

    private boolean fails(int unit, Arm arm) {
        boolean row =
                switch (arm) {
                    case CHAMPION -> championRows.place(unit) < errorRate;
                    case CANDIDATE -> candidateRows.place(unit) < errorRate + world.extraErrors();
                };
        return row || (stallLeft > 0 && errorRate > 0 && random.nextDouble() < STALL_ERRORS);
    }

    private int slowMask(int unit, Arm arm) {
        boolean delayed = arm == Arm.CANDIDATE && random.nextDouble() < world.delayedShare();
        double level = latency.level(world.population().slowness(unit), random);
        return latency.slowMask(arm, delayed, stallLeft > 0 ? level + STALL_LEVEL : level);
    }

    /**
     * Returns a Poisson number of requests (Knuth's multiplication of uniforms; the mean stays
     * below a hundred).
     */
    private int poisson() {
        double limit = Math.exp(-mean);
        int count = -1;
        for (double product = 1; product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
