package dev.tidegate.server.journal;

import dev.tidegate.server.platform.metric.MetricFamily;
import dev.tidegate.server.platform.metric.MetricSample;
import dev.tidegate.server.platform.metric.MetricSource;
import dev.tidegate.server.platform.metric.MetricType;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/** How full the journal is, how far its readers are behind, and what was lost. */
@Singleton
final class JournalMetrics implements MetricSource {
    private final Journal journal;

    JournalMetrics(Journal journal) {
        this.journal = journal;
    }

    @Override
    public List<MetricFamily> families() {
        return List.of(
                MetricFamily.single(
                        "tidegate_journal_events",
                        MetricType.COUNTER,
                        "Answered requests that the journal took.",
                        (double) journal.appended()),
                MetricFamily.single(
                        "tidegate_journal_lost_events",
                        MetricType.COUNTER,
                        "Answered requests that found no room in the journal: they are in neither log nor evidence.",
                        (double) journal.lost()),
                MetricFamily.single(
                        "tidegate_journal_bytes",
                        MetricType.GAUGE,
                        "Disk space of this boot's journal.",
                        (double) journal.bytes()),
                new MetricFamily(
                        "tidegate_journal_lag_bytes",
                        MetricType.GAUGE,
                        "What a reader has not delivered to the database yet.",
                        Arrays.stream(JournalReaderName.values())
                                .map(
                                        reader ->
                                                MetricSample.of(
                                                        (double) journal.lag(reader),
                                                        "reader",
                                                        reader.text().replace(' ', '_')))
                                .toList()));
    }
}
