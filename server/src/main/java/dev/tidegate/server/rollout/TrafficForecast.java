package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.stats.Guardrail;
import dev.tidegate.server.stats.GuardrailKind;
import dev.tidegate.server.stats.UnitsToSafe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says what a plan means at today's traffic, if the candidate is as good as the champion and every
 * request comes from another unit; units that come again make it longer.
 */
@Singleton
final class TrafficForecast {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Database database;

    TrafficForecast(Database database) {
        this.database = database;
    }

    /** Refuses a plan with a guardrail that no number of units makes safe. */
    Forecast of(String model, RolloutPlan plan) {
        Traffic traffic = traffic(model);
        if (traffic.perSecond == 0) {
            return new Forecast("", List.of(unknown(model, plan)));
        }
        Duration sum = Duration.ZERO;
        List<String> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            long units = units(plan, step.ramp(), traffic.championErrors);
            Duration time = time(step.ramp(), units, traffic.perSecond);
            sum = sum.plus(time);
            steps.add(
                    String.format(
                            Locale.ROOT,
                            "%s with %,d units of the candidate in %s",
                            Shares.percent(step.ramp().weight()),
                            units,
                            ReadableTime.of(time)));
        }
        return new Forecast(
                String.format(
                        Locale.ROOT,
                        "at today's %.3g requests/s plan '%s' takes at least %s: %s",
                        traffic.perSecond,
                        plan.name(),
                        ReadableTime.of(sum),
                        String.join(", ", steps)),
                List.of());
    }

    private static String unknown(String model, RolloutPlan plan) {
        return "model '"
                + model
                + "' had no request in the last minute: how long plan '"
                + plan.name()
                + "' takes is unknown, and its first step waits for traffic";
    }

    private static long units(RolloutPlan plan, RampStep step, double championErrors) {
        long units = step.minimumUnits();
        for (Guardrail guardrail : plan.guardrails()) {
            double rate =
                    switch (guardrail.kind()) {
                        case GuardrailKind.Errors() -> championErrors;
                        case GuardrailKind.Slow slow -> 1 - slow.quantile();
                    };
            units =
                    Math.max(
                            units,
                            new UnitsToSafe(guardrail.tolerance(), plan.beta())
                                    .fromNothing(rate, rate, step.weight())
                                    .orElseThrow(() -> never(plan, guardrail, rate)));
        }
        return units;
    }

    private static TidegateException never(RolloutPlan plan, Guardrail guardrail, double rate) {
        return TidegateException.invalid(
                "plan '%s': guardrail '%s' has tolerance %s, which 10^12 units of the candidate do not show at the champion's rate %s; expected a larger one"
                        .formatted(
                                plan.name(),
                                guardrail.name(),
                                guardrail.tolerance().at(rate),
                                Shares.percent(rate)));
    }

    private static Duration time(RampStep step, long units, double perSecond) {
        double seconds =
                Math.min(units / (perSecond * step.weight()), (double) LONGEST.toSeconds());
        Duration evidence = Duration.ofMillis(Math.round(1000 * seconds));
        return evidence.compareTo(step.minimumTime()) < 0 ? step.minimumTime() : evidence;
    }

    private Traffic traffic(String model) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "select coalesce(sum(e.requests), 0) as requests,"
                                                + " coalesce(sum(e.requests) filter (where e.arm = 1), 0) as champion,"
                                                + " coalesce(sum(e.errors) filter (where e.arm = 1), 0) as errors,"
                                                + " extract(epoch from max(b.second) - min(b.second)) + 1 as seconds"
                                                + " from evidence_row e"
                                                + " join evidence_batch b on b.boot = e.boot and b.sequence = e.sequence"
                                                + " join model m on m.id = e.model_id where m.name = :model and e.arm > 0"
                                                + " and b.second > clock_timestamp() - :window * interval '1 s'")
                                .bind("model", model)
                                .bind("window", WINDOW.toSeconds())
                                .map(
                                        (row, context) ->
                                                Traffic.of(
                                                        row.getLong("requests"),
                                                        row.getDouble("seconds"),
                                                        row.getLong("errors"),
                                                        row.getLong("champion")))
                                .one());
    }

    /** Requests a second, and the share of the champion's that fail. */
    private record Traffic(double perSecond, double championErrors) {
        static Traffic of(long requests, double seconds, long errors, long champion) {
            return new Traffic(
                    requests == 0 ? 0 : requests / seconds,
                    champion == 0 ? 0 : (double) errors / champion);
        }
    }
}
