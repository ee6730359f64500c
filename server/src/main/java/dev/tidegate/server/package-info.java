/** The program {@code tidegate}: its features are the packages below this one. */
@NullMarked
package dev.tidegate.server;

import org.jspecify.annotations.NullMarked;
