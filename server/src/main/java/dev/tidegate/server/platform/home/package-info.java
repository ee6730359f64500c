/** The directory in which one server keeps everything. */
@NullMarked
package dev.tidegate.server.platform.home;

import org.jspecify.annotations.NullMarked;
