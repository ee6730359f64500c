/** Tensors of the Open Inference Protocol with their elements as people write them. */
@NullMarked
package dev.tidegate.workbench.tensor;

import org.jspecify.annotations.NullMarked;
