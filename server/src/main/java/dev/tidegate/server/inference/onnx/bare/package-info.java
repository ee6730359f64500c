/** What the benchmark holds Tidegate against: gRPC and ONNX Runtime, written directly. */
@NullMarked
package dev.tidegate.server.inference.onnx.bare;

import org.jspecify.annotations.NullMarked;
