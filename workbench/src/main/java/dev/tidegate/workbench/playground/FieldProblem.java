package dev.tidegate.workbench.playground;

/** What is wrong with the value of one column. */
record FieldProblem(String column, String message) {}
