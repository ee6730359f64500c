package dev.tidegate.archsamples.beta;

import ai.onnxruntime.OnnxTensor;
import dev.tidegate.archsamples.alpha.ClockImpl;
import dev.tidegate.proto.inference.ServerLiveRequest;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** Holds what only the edge and the ONNX and DuckDB packages may see. */
public record Leak(
        @Nullable ClockImpl clock,
        ServerLiveRequest request,
        @Nullable OnnxTensor tensor,
        @Nullable DuckDBDriver driver) {}
