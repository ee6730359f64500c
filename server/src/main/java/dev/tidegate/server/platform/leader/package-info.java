/** Which replica may decide: advisory lock and fencing epoch. */
@NullMarked
package dev.tidegate.server.platform.leader;

import org.jspecify.annotations.NullMarked;
