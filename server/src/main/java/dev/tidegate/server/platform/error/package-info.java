/** Errors that a caller reads: code, kind, message. */
@NullMarked
package dev.tidegate.server.platform.error;

import org.jspecify.annotations.NullMarked;
