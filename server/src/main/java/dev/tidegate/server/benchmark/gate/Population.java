package dev.tidegate.server.benchmark.gate;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * Units with unequal shares of the traffic and a slowness of their own.
 *
 * <p>Drawn by the alias method (Vose, "A linear algorithm for generating random numbers with a
 * given distribution", 1991).
 */
final class Population {
    private final double[] keep;
    private final int[] alias;
    private final float[] slowness;

    private Population(double[] shares, long seed) {
        int size = shares.length;
        this.keep = new double[size];
        this.alias = new int[size];
        this.slowness = new float[size];
        SplittableRandom random = new SplittableRandom(seed);
        for (int unit = 0; unit < size; unit++) {
            slowness[unit] = (float) random.nextGaussian();
        }
        fill(shares);
    }

    /**
     * Returns units of which the k-th sends traffic in proportion to k^−exponent; 0 makes them
     * alike.
     */
    static Population zipf(int size, double exponent, long seed) {
        double[] shares = new double[size];
        double total = 0;
        for (int unit = 0; unit < size; unit++) {
            shares[unit] = Math.pow(unit + 1.0, -exponent);
            total += shares[unit];
        }
        for (int unit = 0; unit < size; unit++) {
            shares[unit] /= total;
        }
        return new Population(shares, seed);
    }

    private void fill(double[] shares) {
        ArrayDeque<Integer> small = new ArrayDeque<>();
        ArrayDeque<Integer> large = new ArrayDeque<>();
        for (int unit = 0; unit < shares.length; unit++) {
            keep[unit] = shares[unit] * shares.length;
            (keep[unit] < 1 ? small : large).add(unit);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int poor = small.remove();
            int rich = large.remove();
            alias[poor] = rich;
            keep[rich] -= 1 - keep[poor];
            (keep[rich] < 1 ? small : large).add(rich);
        }
        small.forEach(unit -> keep[unit] = 1);
        large.forEach(unit -> keep[unit] = 1);
    }

    int size() {
        return keep.length;
    }

    int draw(SplittableRandom random) {
        int unit = random.nextInt(keep.length);
        return random.nextDouble() < keep[unit] ? unit : alias[unit];
    }

    /**
     * Returns the part of a unit's slowness that all its requests share, in standard deviations.
     */
    double slowness(int unit) {
        return slowness[unit];
    }
}
