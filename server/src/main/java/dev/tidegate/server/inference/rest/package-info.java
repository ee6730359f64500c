/** The Open Inference Protocol as JSON over HTTP, with Triton's binary tensors. */
@NullMarked
package dev.tidegate.server.inference.rest;

import org.jspecify.annotations.NullMarked;
