package dev.tidegate.server.retraining;

/**
 * How a graph compares with its trainer.
 *
 * @param maxDifference the largest difference of the two probabilities of a row
 * @param answeredRows the rows compared
 * @param refusedRows the rows that the graph fails on, because it shall and does
 */
record CheckedExport(double maxDifference, int answeredRows, int refusedRows) {}
