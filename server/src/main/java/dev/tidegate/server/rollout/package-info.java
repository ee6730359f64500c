/** Rollouts: steps, guardrails, approvals and the decisions between them. */
@NullMarked
package dev.tidegate.server.rollout;

import org.jspecify.annotations.NullMarked;
