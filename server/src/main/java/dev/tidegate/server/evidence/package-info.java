/** From the journal to rows a second of each replica, and to the leader's fold over them. */
@NullMarked
package dev.tidegate.server.evidence;

import org.jspecify.annotations.NullMarked;
