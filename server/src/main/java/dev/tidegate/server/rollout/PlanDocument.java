package dev.tidegate.server.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as files and the database have it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"name", "alpha", "beta", "cheaper", "steps", "guardrails"})
record PlanDocument(
        @Nullable String name,
        @Nullable Double alpha,
        @Nullable Double beta,
        @Nullable Boolean cheaper,
        @Nullable List<Step> steps,
        @Nullable List<Rail> guardrails) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"weight", "promote", "hold", "minimum-time", "minimum-units", "approval"})
    record Step(
            @Nullable String weight,
            @Nullable Boolean promote,
            @Nullable Boolean hold,
            @JsonProperty("minimum-time") @Nullable String minimumTime,
            @JsonProperty("minimum-units") @Nullable Long minimumUnits,
            @Nullable Boolean approval) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"name", "metric", "quantile", "margin", "tolerance", "relative-tolerance"})
    record Rail(
            @Nullable String name,
            @Nullable String metric,
            @Nullable Double quantile,
            @Nullable String margin,
            @Nullable Double tolerance,
            @JsonProperty("relative-tolerance") @Nullable Double relativeTolerance) {}
}
