/** Tables of rows that models learn from: reading, column types and the digest of their content. */
@NullMarked
package dev.tidegate.server.dataset;

import org.jspecify.annotations.NullMarked;
