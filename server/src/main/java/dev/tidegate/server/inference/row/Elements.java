package dev.tidegate.server.inference.row;

/** The elements of one tensor; a cell that the type cannot hold is a NumberFormatException. */
sealed interface Elements permits RawElements, TypedElementsProtoMapper {
    void add(Object cell);
}
