/** Who calls: API keys, principals, roles. */
@NullMarked
package dev.tidegate.server.identity;

import org.jspecify.annotations.NullMarked;
