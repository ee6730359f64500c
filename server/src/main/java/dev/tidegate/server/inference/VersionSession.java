package dev.tidegate.server.inference;

import org.jspecify.annotations.Nullable;

/** What runs a version: a graph in this process, or another server. */
public interface VersionSession extends AutoCloseable {
    /**
     * Returns the wanted outputs, in the order wanted.
     *
     * @param inputs every input, in the order of their names, shaped as the signature says
     * @param wanted places of outputs in the signature
     * @param interruption ends the run from another thread; null when nobody will
     * @throws dev.tidegate.server.platform.error.TidegateException when there is no answer
     */
    Tensor[] run(Tensor[] inputs, int[] wanted, @Nullable Interruption interruption);

    /**
     * Returns the wanted outputs of several requests that run as one; only for a session in this
     * process.
     */
    Tensor[][] runTogether(Tensor[][] requests, int[] wanted, @Nullable Interruption interruption);

    /** Returns whether a run waits for another server, instead of computing on its thread. */
    boolean isRemote();

    /** Returns whether a request may be answered now, as far as is known without asking. */
    boolean isReady();

    /** Returns how many threads of this machine a run may use; 0 when another server runs it. */
    int threads();

    /**
     * Refuses a session that could not answer now.
     *
     * @throws dev.tidegate.server.platform.error.TidegateException with the reason
     */
    void requireReady();

    /** Frees what it holds; no run may be under way. */
    @Override
    void close();
}
