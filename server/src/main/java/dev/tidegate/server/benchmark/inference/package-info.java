/** Inference through everything, side by side with gRPC and ONNX Runtime alone. */
@NullMarked
package dev.tidegate.server.benchmark.inference;

import org.jspecify.annotations.NullMarked;
