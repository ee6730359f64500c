package dev.tidegate.server.rollout;

/**
 * A step of a plan.
 *
 * @param ramp what it takes to leave it
 * @param approval whether a person must approve, on the evidence of the step before, that its
 *     weight is entered; never so for the first
 */
public record PlanStep(RampStep ramp, boolean approval) {}
