package dev.tidegate.server.registry;

/** The tensor element types of the Open Inference Protocol, under their names on the wire. */
public enum DataType {
    BOOL,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    INT8,
    INT16,
    INT32,
    INT64,
    FP16,
    BF16,
    FP32,
    FP64,
    BYTES
}
