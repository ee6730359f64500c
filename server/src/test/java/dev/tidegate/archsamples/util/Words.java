package dev.tidegate.archsamples.util;

/** Lives in a package that says nothing. */
record Words(String text) {}
