/** The command {@code tidegate serve}: from flags to the ready line, and down again. */
@NullMarked
package dev.tidegate.server.serve;

import org.jspecify.annotations.NullMarked;
