package dev.tidegate.server.registry;

/** What the values of a signature's column are. */
public enum ColumnKind {
    NUMBER,
    CATEGORY,
    BOOLEAN,
    /** A whole tensor, such as an image, that has no columns of its own. */
    TENSOR
}
