/** Every change of state, in one hash chain. */
@NullMarked
package dev.tidegate.server.audit;

import org.jspecify.annotations.NullMarked;
