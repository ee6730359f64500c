/** The server's certificate: read, checked, presented, and taken anew when its files change. */
@NullMarked
package dev.tidegate.server.platform.tls;

import org.jspecify.annotations.NullMarked;
