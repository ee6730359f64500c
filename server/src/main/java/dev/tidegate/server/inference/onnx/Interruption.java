package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import org.jspecify.annotations.Nullable;

/** Ends a run from another thread, before it starts or while it is under way. */
public final class Interruption {
    /** Guarded by this. */
    private @Nullable RunOptions options;

    /** Guarded by this. */
    private boolean interrupted;

    /** Ends the run at its next operator; without effect when it has ended. */
    public synchronized void interrupt() {
        interrupted = true;
        RunOptions running = options;
        if (running != null) {
            try {
                running.setTerminate(true);
            } catch (OrtException e) {
                throw new TidegateException(ErrorCode.INTERNAL, OrtReason.of(e), e);
            }
        }
    }

    /** Returns whether somebody ended it. */
    public synchronized boolean isInterrupted() {
        return interrupted;
    }

    synchronized RunOptions begin() throws OrtException {
        RunOptions begun = new RunOptions();
        options = begun;
        begun.setTerminate(interrupted);
        return begun;
    }

    synchronized void end() {
        RunOptions ended = options;
        options = null;
        if (ended != null) {
            ended.close();
        }
    }
}
