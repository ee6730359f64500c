package dev.tidegate.server.registry;

/** What computes a graph. */
public enum ExecutionProvider {
    CPU,
    CUDA,
    TENSORRT
}
