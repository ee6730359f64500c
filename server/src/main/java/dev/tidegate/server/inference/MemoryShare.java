package dev.tidegate.server.inference;

/** A version's part of the budget, given back once. */
final class MemoryShare implements AutoCloseable {
    private final MemoryBudget budget;
    private final long bytes;
    private boolean leaving;

    MemoryShare(MemoryBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    long bytes() {
        return bytes;
    }

    /** It is given back as soon as the version's last request is done. */
    synchronized void leave() {
        leaving = true;
        budget.leave(bytes);
    }

    @Override
    public synchronized void close() {
        budget.giveBack(bytes, leaving);
    }
}
