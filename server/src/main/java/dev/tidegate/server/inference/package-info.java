/** Serving: the Open Inference Protocol, validation, loaded versions, and the way of a request. */
@NullMarked
package dev.tidegate.server.inference;

import org.jspecify.annotations.NullMarked;
