package dev.tidegate.server.benchmark.inference;

import java.io.IOException;

/** A server that is measured, in a process of its own. */
sealed interface Subject extends AutoCloseable permits HandlerSubject, TidegateSubject {
    /** Returns its name for the table. */
    String name();

    /** Returns where it is asked over gRPC. */
    Target.Grpc grpc();

    /** Returns what its threads have allocated so far. */
    Allocations allocations() throws IOException;

    /** Returns the processor time that it took so far, its database's included, nanoseconds. */
    long cpuNanos();

    /** Returns how many requests failed so far, as the server itself knows. */
    long failures();

    /**
     * Waits until what is behind the replies has caught up, so that it burdens nobody else's turn.
     */
    void settle() throws InterruptedException;

    @Override
    void close();
}
