package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.benchmark.result.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What several servers, or several ways to ask, gave in each of several rounds. */
final class Rounds {
    private final Map<String, List<Measurement>> byName = new LinkedHashMap<>();

    void add(String name, Measurement measurement) {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(measurement);
    }

    /** Returns a figure of one of them over all rounds. */
    Spread of(String name, ToDoubleFunction<Measurement> figure) {
        return Spread.of(values(name, figure));
    }

    /** Returns one's requests a second in percent of another's, each beside its neighbour. */
    Spread percent(String name, String baseline) {
        return paired(name, baseline, Measurement::rps, (one, other) -> 100 * one / other);
    }

    /** Returns the same for a table; nothing where one would be compared with itself. */
    String percentText(String name, String baseline) {
        return name.equals(baseline) ? "" : percent(name, baseline).text(0) + " %";
    }

    /** Returns what two of them give together, each beside its neighbour in the round. */
    Spread paired(
            String name,
            String other,
            ToDoubleFunction<Measurement> figure,
            DoubleBinaryOperator together) {
        double[] one = values(name, figure).toArray();
        double[] two = values(other, figure).toArray();
        return Spread.of(
                IntStream.range(0, one.length)
                        .mapToDouble(round -> together.applyAsDouble(one[round], two[round])));
    }

    private DoubleStream values(String name, ToDoubleFunction<Measurement> figure) {
        return byName.getOrDefault(name, List.of()).stream().mapToDouble(figure);
    }
}
