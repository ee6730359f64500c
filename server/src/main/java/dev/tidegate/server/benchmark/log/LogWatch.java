package dev.tidegate.server.benchmark.log;

import dev.tidegate.server.journal.Journal;

/** Keeps the largest heap and the largest journal that it was shown. */
final class LogWatch {
    private final Journal journal;
    private long heapBytes;
    private long journalBytes;

    LogWatch(Journal journal) {
        this.journal = journal;
    }

    void look() {
        Runtime runtime = Runtime.getRuntime();
        heapBytes = Math.max(heapBytes, runtime.totalMemory() - runtime.freeMemory());
        journalBytes = Math.max(journalBytes, journal.bytes());
    }

    long heapBytes() {
        return heapBytes;
    }

    long journalBytes() {
        return journalBytes;
    }
}
