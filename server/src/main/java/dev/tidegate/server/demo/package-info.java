/**
 * A story told on a real server: a version goes to all traffic on evidence, a harmful one to none.
 */
@NullMarked
package dev.tidegate.server.demo;

import org.jspecify.annotations.NullMarked;
