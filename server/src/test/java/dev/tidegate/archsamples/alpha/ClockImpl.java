package dev.tidegate.archsamples.alpha;

import dev.tidegate.archsamples.beta.Leak;

/** Has a name that says nothing. */
public record ClockImpl(Leak leak) {}
