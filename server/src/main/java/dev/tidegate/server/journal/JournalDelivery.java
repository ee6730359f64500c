package dev.tidegate.server.journal;

/** A feature that delivers what stands in the journal. */
public interface JournalDelivery {
    /**
     * Delivers what a process that has ended left undelivered; does nothing the second time.
     *
     * @throws RuntimeException when the database is away; it is tried again
     */
    void drain(FormerJournal journal);
}
