/** Models and their versions: signatures, artifacts, aliases and life cycle. */
@NullMarked
package dev.tidegate.server.registry;

import org.jspecify.annotations.NullMarked;
