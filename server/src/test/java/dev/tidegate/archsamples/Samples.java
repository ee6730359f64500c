package dev.tidegate.archsamples;

/** Marks the root of the classes that break one rule of the architecture each. */
public final class Samples {
    private Samples() {}
}
