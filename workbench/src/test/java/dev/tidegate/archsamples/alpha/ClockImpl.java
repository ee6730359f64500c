package dev.tidegate.archsamples.alpha;

import dev.tidegate.archsamples.beta.LeakViewModel;
import javafx.scene.control.Label;

/** Has a name that says nothing, but is no view-model. */
public record ClockImpl(LeakViewModel leak, Label label) {}
