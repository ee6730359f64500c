package dev.tidegate.workbench.fleet;

import dev.tidegate.workbench.chart.Samples;

/** A large number with its unit, what it rests on, and how it came about. */
record Figure(String title, String number, String unit, String basis, Samples trend) {}
