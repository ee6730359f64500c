/** One model: its versions, who answers, where the time goes, and what can be done about it. */
@NullMarked
package dev.tidegate.workbench.model;

import org.jspecify.annotations.NullMarked;
