/** Measures what the project promises, and writes it down. */
@NullMarked
package dev.tidegate.server.benchmark;

import org.jspecify.annotations.NullMarked;
