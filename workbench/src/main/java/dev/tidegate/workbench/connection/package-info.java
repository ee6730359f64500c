/** Where the server is, who is asking, and live streams that come back by themselves. */
@NullMarked
package dev.tidegate.workbench.connection;

import org.jspecify.annotations.NullMarked;
