package dev.tidegate.server.registry;

/** How far the runtime may rewrite a graph when it loads it. */
public enum GraphOptimization {
    NONE,
    BASIC,
    EXTENDED,
    ALL
}
