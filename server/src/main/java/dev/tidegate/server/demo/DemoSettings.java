package dev.tidegate.server.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to tell the story.
 *
 * @param once without a display and without a person
 * @param harmful whether the third version is
 * @param home the server's home; null: a temporary one, deleted at a good end
 * @param data the data set
 */
record DemoSettings(boolean once, boolean harmful, @Nullable Path home, Path data) {}
