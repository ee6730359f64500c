package dev.tidegate.server.rollout;

/**
 * A step of a plan.
 *
 * @param ramp what it takes to leave it
 * @param approval whether a person must approve before its weight is entered
 */
public record PlanStep(RampStep ramp, boolean approval) {}
