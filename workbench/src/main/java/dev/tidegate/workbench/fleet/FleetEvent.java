package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.theme.Tone;
import java.time.Instant;

/** Something that happened to a model, for the live charts. */
public record FleetEvent(String model, Instant at, String label, Tone tone) {}
