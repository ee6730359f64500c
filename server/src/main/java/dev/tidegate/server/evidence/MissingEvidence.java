package dev.tidegate.server.evidence;

import dev.tidegate.server.journal.Journal;
import dev.tidegate.server.journal.JournalRecovery;
import dev.tidegate.server.platform.time.ReadableTime;
import dev.tidegate.server.stats.Insufficiency;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Says what keeps the evidence from being whole right now. */
@Singleton
public final class MissingEvidence {
    /** How long a loss of events is a problem that people are told of. */
    private static final Duration EVENTS_ARE_NEWS = Duration.ofMinutes(5);

    /** How long a lost journal is. */
    private static final Duration JOURNALS_ARE_NEWS = Duration.ofHours(1);

    private final EvidenceFeed feed;
    private final EvidenceGaps gaps;
    private final Journal journal;
    private final JournalRecovery recovery;

    MissingEvidence(
            EvidenceFeed feed, EvidenceGaps gaps, Journal journal, JournalRecovery recovery) {
        this.feed = feed;
        this.gaps = gaps;
        this.journal = journal;
        this.recovery = recovery;
    }

    /**
     * Returns why the gate must not judge now; empty when nothing is missing.
     *
     * @param counts how long a loss keeps it from judging
     */
    public List<Insufficiency> reasons(Handle handle, Instant now, Duration counts) {
        List<Insufficiency> reasons = new ArrayList<>();
        long lost = feed.lostSince(handle, now.minus(counts));
        if (lost > 0) {
            reasons.add(
                    new Insufficiency(
                            "lost_events",
                            lost
                                    + " events were lost in the newest "
                                    + ReadableTime.of(counts)
                                    + why()));
        }
        recovery.undelivered()
                .keySet()
                .forEach(
                        boot ->
                                reasons.add(
                                        new Insufficiency(
                                                "undelivered_journal",
                                                "the journal of boot "
                                                        + boot
                                                        + " is not delivered yet")));
        gaps.lostJournals(handle, Instant.EPOCH, now).stream()
                .filter(gap -> gap.foundAt().isAfter(now.minus(counts)))
                .forEach(gap -> reasons.add(new Insufficiency("evidence_gap", gap.detail())));
        return reasons;
    }

    private String why() {
        return journal.failure()
                .map(failure -> ": the journal cannot be written: " + failure)
                .orElse("");
    }

    /** Returns what is wrong, for people, one sentence each. */
    public List<String> problems(Handle handle, Instant now) {
        List<String> problems = new ArrayList<>();
        journal.failure()
                .ifPresent(failure -> problems.add("the journal cannot be written: " + failure));
        long lost = feed.lostSince(handle, now.minus(EVENTS_ARE_NEWS));
        if (lost > 0) {
            problems.add(
                    lost
                            + " predictions were not logged in the newest "
                            + ReadableTime.of(EVENTS_ARE_NEWS));
        }
        recovery.undelivered()
                .forEach(
                        (boot, failure) ->
                                failure.ifPresent(
                                        why ->
                                                problems.add(
                                                        "the journal of boot "
                                                                + boot
                                                                + " cannot be delivered: "
                                                                + why)));
        gaps.lostJournals(handle, Instant.EPOCH, now).stream()
                .filter(gap -> gap.foundAt().isAfter(now.minus(JOURNALS_ARE_NEWS)))
                .forEach(gap -> problems.add(gap.detail()));
        return problems;
    }
}
