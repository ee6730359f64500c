/** Versions that other servers of the Open Inference Protocol run. */
@NullMarked
package dev.tidegate.server.inference.remote;

import org.jspecify.annotations.NullMarked;
