/** ONNX Runtime sessions; nothing else imports the runtime. */
@NullMarked
package dev.tidegate.server.inference.onnx;

import org.jspecify.annotations.NullMarked;
