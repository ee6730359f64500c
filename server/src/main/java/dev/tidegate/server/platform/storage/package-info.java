/** PostgreSQL: the embedded server, the pool, the migrations. */
@NullMarked
package dev.tidegate.server.platform.storage;

import org.jspecify.annotations.NullMarked;
