/** Building of ONNX graphs, node by node. */
@NullMarked
package dev.tidegate.server.retraining.onnx;

import org.jspecify.annotations.NullMarked;
