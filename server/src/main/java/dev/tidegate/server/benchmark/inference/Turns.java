package dev.tidegate.server.benchmark.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who is measured when. */
final class Turns {
    private Turns() {}

    /** Returns all of them, another one first in each round. */
    static <T> List<T> of(List<? extends T> all, int round) {
        List<T> turns = new ArrayList<>(all);
        Collections.rotate(turns, round);
        return turns;
    }
}
