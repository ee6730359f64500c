/** Rules over named features that stand in for a model. */
@NullMarked
package dev.tidegate.server.inference.rule;

import org.jspecify.annotations.NullMarked;
