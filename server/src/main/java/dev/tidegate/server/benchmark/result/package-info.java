/** What a measurement gave, and what was promised. */
@NullMarked
package dev.tidegate.server.benchmark.result;

import org.jspecify.annotations.NullMarked;
