/** One rollout: its steps, its evidence, and the actions of a person on it. */
@NullMarked
package dev.tidegate.workbench.rollout;

import org.jspecify.annotations.NullMarked;
