package dev.tidegate.archsamples.inference.onnx;

import ai.onnxruntime.OnnxTensor;

/** May see ONNX Runtime. */
record Door(OnnxTensor tensor) {}
