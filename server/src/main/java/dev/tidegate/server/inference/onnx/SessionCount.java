package dev.tidegate.server.inference.onnx;

import java.util.concurrent.atomic.AtomicInteger;

/** Sessions for runs, of all graphs. */
final class SessionCount {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    void opened(int sessions) {
        opened.addAndGet(sessions);
    }

    void closed(int sessions) {
        closed.addAndGet(sessions);
    }

    int open() {
        return opened.get() - closed.get();
    }

    /** Returns how many were closed so far. */
    int closed() {
        return closed.get();
    }
}
