/** The commands of the program {@code tidegate}. */
@NullMarked
package dev.tidegate.server.cli;

import org.jspecify.annotations.NullMarked;
