package dev.tidegate.server.rollout;

/**
 * Something a person could do to a rollout.
 *
 * @param name approve, hold, resume or roll_back
 * @param reason why not; empty when allowed
 * @param effect what will happen, for the button
 */
record AllowedAction(String name, boolean allowed, String reason, String effect) {}
