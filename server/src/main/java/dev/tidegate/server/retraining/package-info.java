/** Retraining: from a data set to a checked ONNX graph with its signature and its measurements. */
@NullMarked
package dev.tidegate.server.retraining;

import org.jspecify.annotations.NullMarked;
